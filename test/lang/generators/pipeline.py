def numbers(): yield from range(10)
def evens(it): return (x for x in it if x % 2 == 0)
def squares(it):
    for x in it: yield x * x
print(list(squares(evens(numbers()))))  # expect: [0, 4, 16, 36, 64]
