def f():
    total = 0
    [total := total + v for v in range(5)]
    return total
print(f())  # expect: 10
