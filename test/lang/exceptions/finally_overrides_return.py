def f():
    try: return 1
    finally: return 2
def g():
    try: raise ValueError
    finally: return 'swallowed'
print(f(), g())  # expect: 2 swallowed
