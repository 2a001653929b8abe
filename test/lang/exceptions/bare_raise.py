def f():
    try: raise ValueError('again')
    except ValueError:
        raise
try: f()
except ValueError as e: print(e)
try: raise
except RuntimeError as e: print(e)

# expect: again
# expect: No active exception to reraise
