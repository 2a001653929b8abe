# Imports in functions of what is there: a constant, until sys.modules, the module, or __import__ says otherwise.
import builtins
import sys
import types


def root(x):
    import math
    return math.sqrt(x)


def named(x):
    from math import floor, pi as tau
    return floor(x * tau)


def package(text):
    from collections import abc, OrderedDict
    return isinstance(text, abc.Sized), OrderedDict.__name__


def dotted():
    import os.path
    return os.path.basename("a/b")


def missing():
    try:
        import no_such_module_at_all
    except ImportError as error:
        return type(error).__name__
    return "found"


def part():
    try:
        from made_up import part
    except ImportError as error:
        return str(error)
    return part


def value():
    import made_up
    return made_up.value


def loop(function, *args):
    found = []
    for _ in range(300):
        result = function(*args)
        if not found or found[-1] != result:
            found.append(result)
    return found


print(loop(root, 9.0), loop(named, 2), loop(package, "a"), loop(dotted), loop(missing))
# expect: [3.0] [6] [(True, 'OrderedDict')] ['b'] ['ModuleNotFoundError']

made_up = types.ModuleType("made_up")
made_up.value = 1
sys.modules["made_up"] = made_up
print(loop(value), loop(part))  # expect: [1] ["cannot import name 'part' from 'made_up' (unknown location)"]
made_up.value = 2
made_up.part = "part"
print(loop(value), loop(part))  # expect: [2] ['part']
del made_up.part
made_up.__getattr__ = lambda name: name.upper() if name == "part" else object.__getattribute__(made_up, name)
print(loop(value), loop(part))  # expect: [2] ['PART']
other = types.ModuleType("made_up")
other.value = 3
other.part = 4
sys.modules["made_up"] = other
print(loop(value), loop(part))  # expect: [3] [4]


# While a module is being initialised others wait for it; here it is told so.
class Spec:
    _initializing = False
    name = "made_up"


other.__spec__ = Spec()
print(loop(value))  # expect: [3]
sys.modules["made_up"] = None
try:
    value()
except ImportError as error:
    print(error)  # expect: import of made_up halted; None in sys.modules
sys.modules["made_up"] = types.SimpleNamespace(value=5, part=6)
print(loop(value), loop(part))  # expect: [5] [6]
del sys.modules["made_up"]
try:
    value()
except ImportError as error:
    print(error)  # expect: No module named 'made_up'

seen = []
original = builtins.__import__


def watching(name, *args):
    seen.append((name, args[2], args[3]))
    return original(name, *args)


builtins.__import__ = watching
print(root(4.0), named(1), seen)  # expect: 2.0 3 [('math', None, 0), ('math', ('floor', 'pi'), 0)]
builtins.__import__ = original
print(loop(root, 16.0), len(seen))  # expect: [4.0] 2


# The module that the name stands for when it is asked for, not when it was compiled.
def halved(x):
    import math
    for step in range(100):
        if step == 50:
            sys.modules["math"] = types.SimpleNamespace(sqrt=lambda x: x / 2)
        import math
        x = math.sqrt(x)
    return x


real = sys.modules["math"]
for _ in range(5):
    sys.modules["math"] = real
    print(halved(2.0**60) < 1e-14)  # expect: True
# expect: True
# expect: True
# expect: True
# expect: True
sys.modules["math"] = real
