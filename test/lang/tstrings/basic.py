x = 5
t = t'a{x}b{x!r:>4}c'
print(t.strings, t.values)
for i in t.interpolations: print(i.value, i.expression, i.conversion, repr(i.format_spec))

# expect: ('a', 'b', 'c') (5, 5)
# expect: 5 x None ''
# expect: 5 x r '>4'
