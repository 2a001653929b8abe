v = 3
t = t'{v=}'
print(t.strings, t.interpolations[0].conversion)  # expect: ('v=', '') r
