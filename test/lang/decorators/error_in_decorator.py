try:
    @(lambda f: 1 / 0)
    def f(): pass
except ZeroDivisionError as e: print(e)
try: f
except NameError as e: print(e)

# expect: division by zero
# expect: name 'f' is not defined
