from dataclasses import dataclass, field
@dataclass(order=True)
class P:
    x: int
    y: int = 0
    z: list = field(default_factory=list, compare=False)
print(P(1), P(1, 2) > P(1), P(1) == P(1, 0), P(x=3, y=4))
@dataclass(frozen=True)
class F: a: int
try: F(1).a = 2
except Exception as e: print(type(e).__name__, e)
print(hash(F(1)) == hash(F(1)))

# expect: P(x=1, y=0, z=[]) True True P(x=3, y=4, z=[])
# expect: FrozenInstanceError cannot assign to field 'a'
# expect: True
