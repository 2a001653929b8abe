a = 1
t = t'x{a}' + t'y{a}z'
print(t.strings, t.values)
try: t'x' + 'y'
except TypeError as e: print(e)

# expect: ('x', 'y', 'z') (1, 1)
# expect: can only concatenate string.templatelib.Template (not "str") to string.templatelib.Template
