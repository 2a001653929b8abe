"""Times one program inside one Python; the harness (`bench/harness/`) starts one of these for each system.

    python runner.py PROGRAM [SAMPLES [WARMUP]]   one line of JSON: what was measured on the way, and the samples
    python runner.py --serve PROGRAM WARMUP       the same without samples, then one sample for each line of the input
    python runner.py --curve PROGRAM SECONDS      milliseconds of one call, on average, in each second from the first on
    python runner.py --check PROGRAM...           runs each once, and prints the names of those that are wrong

A program is a file that defines `run()` and `EXPECTED`, what `run()` returns. All times are seconds of one call. A sample is one call, or
the average of as many as take SAMPLE_SECONDS, so that the clock's steps do not show. This file runs in every Python from 3.8 on (Debian's
`pypy3` is a 3.9).
"""

import json
import sys
from time import perf_counter

SAMPLE_SECONDS = 0.1


def load(path):
    """Runs the file as a module that is not `__main__`; returns the module."""
    module = type(sys)("bench_program")
    module.__file__ = path
    sys.modules[module.__name__] = module
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return module


def check(program):
    """Calls `run()` once; returns its result and the time of this call, the first of a cold Python."""
    start = perf_counter()
    result = program.run()
    passed = perf_counter() - start
    if result != program.EXPECTED:
        raise AssertionError(f"{program.__file__}: run() returned {result!r}, not {program.EXPECTED!r}")
    return result, passed


def average_over(run, seconds):
    """Calls `run` for so long, once at least; returns the average of one call."""
    start = perf_counter()
    calls = 0
    while True:
        run()
        calls += 1
        passed = perf_counter() - start
        if passed >= seconds:
            return passed / calls


def sample(run, calls):
    start = perf_counter()
    for _ in range(calls):
        run()
    return (perf_counter() - start) / calls


def warm_up(program, seconds):
    """The figures before the first sample, as a dict."""
    result, first = check(program)
    first_second = average_over(program.run, min(seconds, 1.0))
    now = average_over(program.run, seconds - 1.0) if seconds > 1.0 else first_second
    return {
        "implementation": sys.implementation.name,
        "version": sys.version.split()[0],
        "result": repr(result),
        "first": first,
        "first_second": first_second,
        "calls": max(1, round(SAMPLE_SECONDS / now)),
    }


def serve(program, seconds):
    figures = warm_up(program, seconds)
    print(json.dumps(figures), flush=True)
    while sys.stdin.readline():
        print(json.dumps(sample(program.run, figures["calls"])), flush=True)


def curve(program, seconds):
    _, first = check(program)
    averages = [average_over(program.run, 1.0) for _ in range(seconds)]
    print(json.dumps({"first": first, "seconds": averages}), flush=True)


def check_all(paths):
    for path in paths:
        try:
            check(load(path))
        except Exception as error:
            print(f"{path}: {type(error).__name__}: {error}", flush=True)


def main(arguments):
    command, *rest = arguments or [None]
    if command == "--serve" and len(rest) == 2:
        serve(load(rest[0]), float(rest[1]))
    elif command == "--curve" and len(rest) == 2:
        curve(load(rest[0]), int(rest[1]))
    elif command == "--check":
        check_all(rest)
    elif command is not None and not command.startswith("--"):
        program = load(command)
        figures = warm_up(program, float(rest[1]) if rest[1:] else 1.0)
        figures["samples"] = [sample(program.run, figures["calls"]) for _ in range(int(rest[0]) if rest else 10)]
        print(json.dumps(figures))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
