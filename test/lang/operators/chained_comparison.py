def v(x): print('v', x); return x
print(v(1) < v(3) < v(2) < v(0))
print(1 < 2 > 1 == 1 != 2 is not None)

# expect: v 1
# expect: v 3
# expect: v 2
# expect: False
# expect: True
