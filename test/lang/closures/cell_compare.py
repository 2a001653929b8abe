def f(x):
    return (lambda: x).__closure__[0]
print(f(1) == f(1), f(1) < f(2), f(1) is f(1))  # expect: True True False
