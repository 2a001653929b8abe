# What was a bool or an int while the code was observed need not stay one.
class V:
    def __init__(self, v): self.v = v
    def __lt__(self, other): return self.v
    def __gt__(self, other): return self.v
    def __eq__(self, other): return self.v
    def __neg__(self): return 'neg'
    def __invert__(self): return [self.v]
    def __contains__(self, item): return self.v
    def __bool__(self): return False
def less(a, b):
    r = a < b
    if r: return 'yes'
    return 'no'
def negated(a, b):
    r = a < b
    return not r
def mixed(a, b):
    r = a == b
    return 'equal' if r else 'different', r
for i in range(300):
    less('a', 'b'); negated('b', 'a'); mixed(1, 'a')
print(less(V([1]), 'b'), less(V([]), 'b'), less('a', V([1])))  # expect: yes no yes
print(negated(V([1]), 2), negated(V([]), 2))  # expect: False True
print(mixed(V('x'), 'a'), mixed(1, V('')))  # expect: ('equal', 'x') ('different', '')
def unary(a): return -a, ~a
def inside(a, b): return a in b, bool(b), not b
for i in range(300):
    unary(i); inside(i, [i])
print(unary(V(1)), unary(True), unary(2**70))  # expect: ('neg', [1]) (-1, -2) (-1180591620717411303424, -1180591620717411303425)
print(inside(1, V([1])), inside(1, V([])), inside(1, {}))  # expect: (True, False, True) (False, False, True) (False, False, True)
