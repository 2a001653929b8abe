for a, *b in [(1, 2, 3), (4,)]: print(a, b)
for x in *[1], 2: print(x)

# expect: 1 [2, 3]
# expect: 4 []
# expect: 1
# expect: 2
