def f[T](x: T) -> T: return x
print(f(3), f.__type_params__, f.__annotations__)  # expect: 3 (T,) {'x': T, 'return': T}
