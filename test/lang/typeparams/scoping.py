T = 'outer'
def f[T](x: T): return T
print(f(1), T)  # expect: T outer
