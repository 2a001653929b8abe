from enum import Enum, IntEnum, Flag, auto
class C(Enum):
    RED = 1
    GREEN = auto()
    ALIAS = 1
print(C.RED, repr(C.GREEN), C.ALIAS is C.RED, C(2), C['RED'], list(C), C.RED.name, C.RED in C)
class P(Flag):
    R = auto(); W = auto()
print(P.R | P.W, P.R in (P.R | P.W), (P.R | P.W).value)
try: C(9)
except ValueError as e: print(e)

# expect: C.RED <C.GREEN: 2> True C.GREEN C.RED [<C.RED: 1>, <C.GREEN: 2>] RED True
# expect: P.R|W True 3
# expect: 9 is not a valid C
