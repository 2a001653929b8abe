# `__builtins__` may be any mapping: names, imports and classes are looked up in it, and a subclass of dict is asked.
import types

proxy = types.MappingProxyType({'answer': 42, '__import__': lambda *args: args[0]})
print(eval('answer', {'__builtins__': proxy}))  # expect: 42
space = {'__builtins__': proxy}
exec('import some.thing', space)
print(space['some'])  # expect: some.thing
for source in 'other', 'class A: pass':
    try:
        exec(source, {'__builtins__': proxy})
    except NameError as error:
        print(error)
# expect: name 'other' is not defined
# expect: __build_class__ not found
try:
    exec('import a', {'__builtins__': types.MappingProxyType({})})
except ImportError as error:
    print(error)  # expect: __import__ not found


class Loud(dict):
    def __getitem__(self, key):
        return f'<{key}>'


print(eval('answer', {'__builtins__': Loud(answer=1)}))  # expect: <answer>
try:
    exec('print(1)', {'__builtins__': 123})
except TypeError as error:
    print(error)  # expect: 'int' object is not subscriptable
try:
    eval('x.__reduce__()', {'__builtins__': proxy, 'x': iter([])})
except AttributeError as error:
    print(error)  # expect: iter
