def memo(fn):
    cache = {}
    def wrapped(n):
        if n not in cache: cache[n] = fn(n)
        return cache[n]
    return wrapped
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80))  # expect: 23416728348467685
