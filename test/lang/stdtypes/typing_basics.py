from typing import NamedTuple, TypedDict, Optional
class N(NamedTuple):
    a: int
    b: str = 'x'
class T(TypedDict): k: int
print(N(1), T(k=1), Optional[int])  # expect: N(a=1, b='x') {'k': 1} int | None
