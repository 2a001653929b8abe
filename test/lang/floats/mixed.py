print(1 + 0.5, 2 ** 0.5 == 2.0 ** 0.5, 3 * 1.5, 10 ** 25 * 1.0, True + 0.5)
try: 10 ** 400 * 1.0
except OverflowError as e: print(e)

# expect: 1.5 True 4.5 1e+25 1.5
# expect: int too large to convert to float
