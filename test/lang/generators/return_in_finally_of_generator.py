def g():
    try: yield 1
    finally: yield 2
print(list(g()))  # expect: [1, 2]
