def g():
    yield 1
    yield 2
    return 3
it = g()
print(next(it), next(it))
try: next(it)
except StopIteration as e: print(e.value)
print(list(it))

# expect: 1 2
# expect: 3
# expect: []
