s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), slice(None, 3))  # expect: slice(1, 10, 2) 1 10 2 (1, 5, 2) slice(None, 3, None)
