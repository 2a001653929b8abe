def f(a):
    return [sorted(locals()) for b in [1]]
print(f(1))  # expect: [['a', 'b']]
