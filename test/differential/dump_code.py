"""Prints the code objects that CPython makes of files, one JSON line per file, for compare-code.ts.

usage: python3.14 dump_code.py [--ast] [--optimize N] [--flags N] [--mode MODE] FILE...
--ast adds the syntax tree, so that the compiler can be compared apart from the parser.
"""
import argparse
import ast
import json
import marshal
import sys
import types
import warnings


class Reader:
    """Just enough of marshal to reach the kinds of locals, which code objects do not show."""

    def __init__(self, data):
        self.data, self.at, self.refs = data, 0, []

    def take(self, n):
        self.at += n
        return self.data[self.at - n:self.at]

    def long(self):
        return int.from_bytes(self.take(4), "little", signed=True)

    def object(self):
        tag = self.take(1)[0]
        flag, tag = tag & 0x80, chr(tag & 0x7F)
        if tag == "r":
            return self.refs[self.long()]
        slot = len(self.refs)
        if flag:
            self.refs.append(None)
        if tag == "s" or tag in "uta":
            value = self.take(self.long())
        elif tag in "AzZ":
            n = self.long() if tag == "A" else self.take(1)[0]
            value = self.take(n)
        elif tag in "()":
            n = self.take(1)[0] if tag == ")" else self.long()
            value = [self.object() for _ in range(n)]
        else:
            raise ValueError(tag)
        if flag:
            self.refs[slot] = value
        return value


def kinds(code):
    reader = Reader(marshal.dumps(code.replace(co_consts=())))
    tag = reader.take(1)[0]
    if tag & 0x80:
        reader.refs.append(None)
    for _ in range(5):
        reader.long()
    for _ in range(4):
        reader.object()
    return reader.object().hex()


def const(value):
    if isinstance(value, types.CodeType):
        return dump(value)
    if isinstance(value, frozenset):
        return "frozenset(" + ", ".join(sorted(map(ascii, value))) + ")"
    if isinstance(value, tuple):
        return "(" + ", ".join(str(const(item)) for item in value) + ")"
    if isinstance(value, slice):
        return f"slice({const(value.start)}, {const(value.stop)}, {const(value.step)})"
    if isinstance(value, int) and not isinstance(value, bool):
        return hex(value)
    return ascii(value)


def text(name):
    return ascii(name)[1:-1]


def dump(code):
    cells = [name for name in code.co_cellvars if name not in code.co_varnames]
    return {
        "name": text(code.co_name),
        "qualname": text(code.co_qualname),
        "argcount": [code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount],
        "stacksize": code.co_stacksize,
        "flags": code.co_flags,
        "firstlineno": code.co_firstlineno,
        "code": code.co_code.hex(),
        "consts": [const(value) for value in code.co_consts],
        "names": [text(name) for name in code.co_names],
        "locals": [text(name) for name in [*code.co_varnames, *cells, *code.co_freevars]],
        "kinds": kinds(code),
        "linetable": code.co_linetable.hex(),
        "exceptiontable": code.co_exceptiontable.hex(),
    }


def literal(value):
    """A literal of the tree, tagged by its type."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return {"int": str(value)} if value.bit_length() > 4096 else {"int": hex(value)}
    if isinstance(value, float):
        return {"float": value.hex()}
    if isinstance(value, complex):
        return {"complex": [value.real.hex(), value.imag.hex()]}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    return {"ellipsis": True}


def tree(node):
    if isinstance(node, ast.AST):
        name = type(node).__name__
        if isinstance(node, (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)):
            return name
        out = {"kind": name}
        for field in node._fields:
            value = getattr(node, field)
            key = "u_kind" if name == "Constant" and field == "kind" else field
            is_literal = field == "value" and name in ("Constant", "MatchSingleton")
            out[key] = {"literal": literal(value)} if is_literal else tree(value)
        for attribute in node._attributes:
            out[attribute] = getattr(node, attribute)
        return out
    if isinstance(node, list):
        return [tree(item) for item in node]
    return node


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ast", action="store_true")
    parser.add_argument("--optimize", type=int, default=0)
    parser.add_argument("--flags", type=int, default=0)
    parser.add_argument("--mode", default="exec")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    sys.setrecursionlimit(100_000)
    for path in options.files:
        with open(path, "rb") as file:
            source = file.read()
        out = {"file": path}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                out["code"] = dump(compile(source, path, options.mode, flags=options.flags, dont_inherit=True, optimize=options.optimize))
            except (SyntaxError, ValueError, RecursionError) as error:
                details = [error.lineno, error.offset, error.text, error.end_lineno, error.end_offset] if isinstance(error, SyntaxError) else []
                out["error"] = [type(error).__name__, str(error.args[0]) if error.args else "", details]
        out["warnings"] = [[str(w.message), w.lineno] for w in caught if issubclass(w.category, SyntaxWarning)]
        if options.ast:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    out["ast"] = tree(compile(source, path, options.mode, flags=options.flags | ast.PyCF_ONLY_AST, dont_inherit=True))
            except (SyntaxError, ValueError, RecursionError):
                out["ast"] = None
        print(json.dumps(out))


main()
