print('{} {}'.format(1, 2), '{1} {0}'.format('a', 'b'), '{x.real} {y[k]}'.format(x=5, y={'k': 'v'}), '{:>5}|{:<5}|{:^5}'.format('a', 'b', 'c'), '{{}}'.format())
try: '{} {}'.format(1)
except IndexError as e: print(e)
try: '{x}'.format()
except KeyError as e: print(e)

# expect: 1 2 b a 5 v     a|b    |  c   {}
# expect: Replacement index 1 out of range for positional args tuple
# expect: 'x'
