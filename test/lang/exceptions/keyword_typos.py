"""Syntax errors carry what `traceback` needs to propose keywords."""
import traceback

for source in ["fro x in y: pass", "a = 1\nwhille True:\n    pass\n", "f(a b)", "a = ]"]:
    try:
        compile(source, "<test>", "exec")
    except SyntaxError as error:
        print(error._metadata, traceback.format_exception_only(error)[-1].strip())
# expect: (0, 0, 'fro x in y: pass\n') SyntaxError: invalid syntax. Did you mean 'for'?
# expect: (0, 0, 'a = 1\nwhille True:\n    pass\n') SyntaxError: invalid syntax. Did you mean 'while'?
# expect: (0, 0, 'f(a b)\n') SyntaxError: invalid syntax. Perhaps you forgot a comma?
# expect: (0, 0, 'a = ]\n') SyntaxError: unmatched ']'
try:
    compile("return", "<test>", "exec")
except SyntaxError as error:
    print(error._metadata)  # expect: None
print(eval("# coding: gbk\n'中文'".encode("gbk")))  # expect: 中文
for wrong in [lambda: [0] * (2**63 - 1), lambda: [0] * 2**63]:
    try:
        wrong()
    except (MemoryError, OverflowError) as error:
        print(repr(error))
# expect: MemoryError()
# expect: OverflowError("cannot fit 'int' into an index-sized integer")
