"""A tokeniser, a parser by precedence and a small stack machine, character by character."""

import operator

EXPECTED = (4080, {"width": 32, "total": 4, "name_1": 984})

OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv, "%": operator.mod}
PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}
SOURCE = """
total = 3 + 4 * (width - 2) % 7;  # a comment
width = (total + 17) * 2 - width / 3;
name_1 = width * width - total * (total + (1 + (2 + 3)));
"""


def tokens(text):
    """Pairs of kind and text."""
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c == "#":
            while i < len(text) and text[i] != "\n":
                i += 1
        elif c.isdigit():
            start = i
            while i < len(text) and text[i].isdigit():
                i += 1
            yield "number", text[start:i]
        elif c.isalpha() or c == "_":
            start = i
            while i < len(text) and (text[i].isalnum() or text[i] == "_"):
                i += 1
            yield "name", text[start:i]
        elif c in "+-*/%()=;":
            i += 1
            yield "sign", c
        else:
            raise SyntaxError(f"unexpected {c!r} at {i}")
    yield "end", ""


class Parser:
    def __init__(self, text):
        self.source = tokens(text)
        self.kind, self.text = next(self.source)
        self.code = []

    def take(self, expected=None):
        kind, text = self.kind, self.text
        if expected is not None and text != expected:
            raise SyntaxError(f"expected {expected!r}, not {text!r}")
        self.kind, self.text = next(self.source, ("end", ""))
        return kind, text

    def program(self):
        while self.kind != "end":
            _, name = self.take()
            self.take("=")
            self.expression(1)
            self.take(";")
            self.code.append(("store", name))
        return self.code

    def expression(self, least):
        self.operand()
        while PRECEDENCE.get(self.text, 0) >= least:
            _, sign = self.take()
            self.expression(PRECEDENCE[sign] + 1)
            self.code.append(("apply", sign))

    def operand(self):
        kind, text = self.take()
        match kind, text:
            case "number", digits:
                self.code.append(("push", int(digits)))
            case "name", name:
                self.code.append(("load", name))
            case "sign", "(":
                self.expression(1)
                self.take(")")
            case _:
                raise SyntaxError(f"unexpected {text!r}")


def execute(code, variables):
    stack = []
    for instruction in code:
        match instruction:
            case ("push", number):
                stack.append(number)
            case ("load", name):
                stack.append(variables[name])
            case ("store", name):
                variables[name] = stack.pop() % 1_000_003
            case ("apply", sign):
                right, left = stack.pop(), stack.pop()
                stack.append(OPERATIONS[sign](left, right))


def run():
    code = Parser(SOURCE * 120).program()
    variables = {"width": 10}
    for _ in range(4):
        execute(code, variables)
    return len(code), variables


if __name__ == "__main__":
    assert run() == EXPECTED
