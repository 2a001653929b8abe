a = []
print(a is a, a is not [], None is None, () is (), 1 is not None)  # expect: True True True True True
