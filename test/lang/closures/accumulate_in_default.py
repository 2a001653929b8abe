def f():
    return [lambda x, n=n: x + n for n in (1, 10)]
print([g(5) for g in f()])  # expect: [6, 15]
