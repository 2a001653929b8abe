def g():
    try:
        yield 1
        yield 2
    finally:
        print('cleanup')  # expect: cleanup
it = g()
next(it)
it.close()
it.close()
print(list(it))  # expect: []
