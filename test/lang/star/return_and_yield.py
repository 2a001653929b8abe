def f(): return *[1, 2], 3
def g(): yield *'ab', 1
print(f(), list(g()))  # expect: (1, 2, 3) [('a', 'b', 1)]
