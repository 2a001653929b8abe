e = StopIteration(5)
print(e.value, StopIteration().value)  # expect: 5 None
print(SystemExit(3).code)  # expect: 3
