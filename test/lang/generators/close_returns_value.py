def g():
    try: yield
    except GeneratorExit: return 'v'
it = g(); next(it)
print(it.close(), it.close())  # expect: v None
