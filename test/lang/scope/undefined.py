try: nope
except NameError as e: print(e)
def f(): return nope2
try: f()
except NameError as e: print(e)

# expect: name 'nope' is not defined
# expect: name 'nope2' is not defined
