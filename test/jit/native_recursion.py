# What native code calls in turn counts Python frames alone, as in CPython, and native recursion is limited by the stack.
import json
import sys
import traceback


class Looping:
    def __getitem__(self, key): return self[key + 1]
    def __getattr__(self, name): return getattr(self, name + "x")
    def __eq__(self, other): return self == other
    def __add__(self, other): return self + other
    def __len__(self): return len(self)
    def __contains__(self, value): return value in self
    def __repr__(self): return repr(self)
    @property
    def value(self): return self.value


def depth(function):
    try:
        function(Looping())
    except RecursionError as error:
        return len(traceback.extract_tb(error.__traceback__))


for function in [
    lambda o: o[0], lambda o: o.a, lambda o: o == 1, lambda o: o + 1, lambda o: len(o), lambda o: 1 in o, lambda o: repr(o),
    lambda o: [f"{o!r}"], lambda o: sorted([o, o], key=len), lambda o: list(map(len, [o])),
]:
    print(depth(function) > 900)


def nest(levels):
    found = []
    for _ in range(levels): found = [found]
    return found


def unnest(levels):
    while levels: levels = levels[0]


for levels in (900, 2_500, 20_000):
    first, second = nest(levels), nest(levels)
    print(len(repr(first)), first == second, len(json.dumps(first)), json.loads(repr(second)) == first)
    unnest(first)
    unnest(second)

# Beyond what the stack holds; nothing is left behind.
for action in (repr, lambda value: value == other, lambda value: json.loads("[" * 300_000 + "]" * 300_000)):
    deep, other = nest(300_000), nest(300_000)
    for _ in range(2):
        try:
            action(deep)
        except RecursionError as error:
            print(type(error).__name__)
    unnest(deep)
    unnest(other)
print(len(repr(nest(20_000))))
sys.setrecursionlimit(200)
print(depth(lambda o: o + 1) < 200)

# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: True
# expect: 1802 True 1802 True
# expect: 5002 True 5002 True
# expect: 40002 True 40002 True
# expect: RecursionError
# expect: RecursionError
# expect: RecursionError
# expect: RecursionError
# expect: RecursionError
# expect: RecursionError
# expect: 40002
# expect: True
