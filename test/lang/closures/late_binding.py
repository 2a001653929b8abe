def f():
    fs = []
    for i in range(3): fs.append(lambda: i)
    return fs
print([g() for g in f()])  # expect: [2, 2, 2]
