s = {1, 2}
try:
    for x in s: s.add(x + 10)
except RuntimeError as e: print(e)

# expect: Set changed size during iteration
