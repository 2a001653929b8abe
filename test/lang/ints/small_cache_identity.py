a, b = 256, 256
print(a is b, (lambda: 5)() is 5)  # expect: True True
