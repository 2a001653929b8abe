"""Tracebacks leave out the frames of importlib, unless the error is importlib's own."""
import os
import sys
import tempfile
import traceback

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
files = {"imp_fails.py": b"def f():\n    return 1 / 0\nf()\n", "imp_wrong.py": "# coding: cp437\nx = 'é'\nreturn 'é'\n".encode("cp437"), "imp_chain.py": b"import imp_fails\n"}
for name, data in files.items():
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def show(name):
    try:
        __import__(name)
    except Exception as error:
        frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        print(type(error).__name__, frames, repr(getattr(error, "text", None)))


show("imp_fails")  # expect: ZeroDivisionError ['show', '<module>', 'f'] None
show("imp_chain")  # expect: ZeroDivisionError ['show', '<module>', '<module>', 'f'] None
show("imp_wrong")  # expect: SyntaxError ['show'] "return 'é'\n"
show("imp_missing.part")  # expect: ModuleNotFoundError ['show'] None
show("os.missing")  # expect: ModuleNotFoundError ['show'] None


class Finder:
    def find_spec(self, name, path=None, target=None):
        raise ValueError(name)


sys.meta_path.insert(0, Finder())
show("imp_odd")  # expect: ValueError ['show', '_find_and_load', '_find_and_load_unlocked', '_find_spec', 'find_spec'] None
del sys.meta_path[0]
for name in files:
    os.remove(os.path.join(folder, name))
os.rmdir(folder)
