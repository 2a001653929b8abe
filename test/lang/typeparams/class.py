class Box[T]:
    def __init__(self, v: T): self.v = v
print(Box(1).v, Box.__type_params__, Box[int], Box.__parameters__)  # expect: 1 (T,) __main__.Box[int] (T,)
