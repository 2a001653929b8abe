class A: pass
a = A()
try: a.foo
except AttributeError as e: print(e.name, e.obj is a)
try: undefined_thing
except NameError as e: print(e.name)

# expect: foo True
# expect: undefined_thing
