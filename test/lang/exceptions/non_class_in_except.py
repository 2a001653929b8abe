try:
    try: 1 / 0
    except 'str': pass
except TypeError as e: print(e)

# expect: catching classes that do not inherit from BaseException is not allowed
