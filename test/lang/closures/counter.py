def make():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
a, b = make(), make()
print(a(), a(), b())  # expect: 1 2 1
