"""Fills in what CPython says about the programs in test/syntax-errors.

Run with the reference CPython: python3.14 -X utf8 test/differential/expect-syntax-errors.py
Every record begins with a line '#! [mode, stage, type, message, line, offset, end line, end offset]'; only the mode is read, the rest is
rewritten. Stage 'parse' is the parser's, 'compile' that of symbol table and compiler. Records that CPython accepts are dropped.
"""

import ast
import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
COMPILER_MESSAGES = ("future feature", "not a chance", "from __future__ imports")


def attempt(action):
    try:
        action()
    except SyntaxError as error:
        return error
    return None


def expectation(program, mode):
    error = attempt(lambda: ast.parse(program, "<test>", mode))
    stage = "parse"
    if error is not None and error.msg.startswith(COMPILER_MESSAGES):
        stage = "compile"
    if error is None and mode != "func_type":
        stage = "compile"
        error = attempt(lambda: compile(program, "<test>", mode))
    if error is None:
        return None
    place = [error.lineno, error.offset, error.end_lineno, error.end_offset]
    return [mode, stage, type(error).__name__, error.msg, *place]


def records(text):
    for record in text.split("\n#! "):
        header, _, program = record.removeprefix("#! ").partition("\n")
        yield json.loads(header)[0], program


def rewrite(path):
    lines = []
    text = path.read_text("utf-8").removesuffix("\n")
    for mode, program in records(text):
        expected = expectation(program, mode)
        if expected is None:
            print(f"{path.name}: accepted, dropped: {program!r}", file=sys.stderr)
            continue
        lines.append("#! " + json.dumps(expected, ensure_ascii=False) + "\n" + program)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return len(lines)


folder = pathlib.Path(__file__).parent.parent / "syntax-errors"
print(sum(rewrite(path) for path in sorted(folder.glob("*.txt"))), "programs")
