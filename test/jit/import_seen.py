"""An attribute of a module that is computed, by a function that looks at the importing function's frame and writes to it."""
import sys
import types

module = types.ModuleType('computed')
sys.modules['computed'] = module


def compute(name):
    if not name.startswith('__') and calls[0] % 50 == 0:
        sys._getframe(1).f_locals['seen'] = name
    return name.upper()


module.__getattr__ = compute
calls = [0]


def load():
    seen = None
    from computed import first, second
    return first, second, seen


results = {}
for calls[0] in range(400):
    result = load()
    results[result] = results.get(result, 0) + 1
print(results)  # expect: {('FIRST', 'SECOND', 'second'): 8, ('FIRST', 'SECOND', None): 392}
