class A[T]:
    def m[U](self, x: T, y: U) -> tuple[T, U]: return x, y
print(A().m(1, 2), A.m.__annotations__)  # expect: (1, 2) {'x': T, 'y': U, 'return': tuple[T, U]}
