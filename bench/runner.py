"""Times one benchmark program inside one Python: `python runner.py PROGRAM [SAMPLES [WARMUP_SECONDS]]` prints one line of JSON.

A program is a file that defines `run()` and `EXPECTED`, what `run()` returns. The first call is a sample of its own (a cold Python); the calls of
the first second give `first_second`, the milliseconds of one call on average; then come the rest of the warm-up and the samples.
A sample is the time of one call, or the average of so many calls that a sample takes at least SAMPLE_SECONDS.
"""

import json
import sys
from time import perf_counter

SAMPLE_SECONDS = 0.005


def load(path):
    """Runs the file as a module that is not `__main__`; returns its names."""
    names = {"__name__": "bench_program", "__file__": path}
    module = type(sys)("bench_program")
    module.__dict__.update(names)
    sys.modules["bench_program"] = module
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return module.__dict__


def call_for(run, seconds):
    """Calls `run` for so long, once at least; returns the seconds that one call took on average."""
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


def measure(path, samples, warmup):
    """A dict of the figures of one program, in seconds per call."""
    names = load(path)
    run = names["run"]
    start = perf_counter()
    result = run()
    first = perf_counter() - start
    if result != names["EXPECTED"]:
        raise AssertionError(f"{path}: run() returned {result!r}, not {names['EXPECTED']!r}")
    first_second = call_for(run, min(warmup, 1.0))
    average = call_for(run, warmup - 1.0) if warmup > 1.0 else first_second
    calls = max(1, round(SAMPLE_SECONDS / average))
    return {
        "result": repr(result),
        "first": first,
        "first_second": first_second,
        "calls": calls,
        "samples": [sample(run, calls) for _ in range(samples)],
    }


if __name__ == "__main__":
    _, program, *numbers = sys.argv
    print(json.dumps(measure(program, int(numbers[0]) if numbers else 10, float(numbers[1]) if numbers[1:] else 1.0)))
