def f():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    return fact
print(f()(6))  # expect: 720
