"""argparse: building a parser with subcommands, and parsing several command lines."""

import argparse

EXPECTED = 684

LINES = [
    "--verbose build --target debug -j 4 one.c two.c",
    "build -DX=1 -DY=2 --no-cache --target=release three.c",
    "-vv test --filter name* --timeout 2.5",
    "test",
    "--config file.toml run script.py -- --its --own args",
]


def make_parser():
    parser = argparse.ArgumentParser(prog="tool", description="A tool.")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("--config", metavar="FILE", default="tool.toml")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="builds")
    build.add_argument("--target", choices=["debug", "release"], default="debug")
    build.add_argument("-j", "--jobs", type=int, default=1)
    build.add_argument("-D", dest="defines", action="append", default=[])
    build.add_argument("--no-cache", dest="cache", action="store_false")
    build.add_argument("files", nargs="+")
    test = commands.add_parser("test", help="tests")
    group = test.add_mutually_exclusive_group()
    group.add_argument("--filter")
    group.add_argument("--all", action="store_true")
    test.add_argument("--timeout", type=float, default=1.0)
    run_command = commands.add_parser("run", help="runs")
    run_command.add_argument("script")
    run_command.add_argument("rest", nargs="*")
    return parser


def run():
    seen = 0
    for _ in range(4):
        parser = make_parser()
        for line in LINES * 3:
            options = parser.parse_args(line.split())
            seen += len(vars(options)) + options.verbose + len(options.command)
    return seen


if __name__ == "__main__":
    assert run() == EXPECTED
