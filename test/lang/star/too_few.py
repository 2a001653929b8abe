try: a, *b, c = [1]
except ValueError as e: print(e)
try: a, b, *c = iter(())
except ValueError as e: print(e)

# expect: not enough values to unpack (expected at least 2, got 1)
# expect: not enough values to unpack (expected at least 2, got 0)
