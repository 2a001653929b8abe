def f(n): return f(n + 1)
try: f(0)
except RecursionError as e: print(type(e).__name__, str(e)[:32])
print('alive')

# expect: RecursionError maximum recursion depth exceeded
# expect: alive
