print('%s %r %d %5.2f %x %o %c %%' % ('a', 'b', 42, 3.14159, 255, 8, 'z'))
print('%(k)s-%(n)03d' % {'k': 'v', 'n': 7}, '%-5s|%5s' % ('a', 'b'), '%+d % d' % (5, 5))
try: '%d' % 'x'
except TypeError as e: print(e)
try: '%s %s' % (1,)
except TypeError as e: print(e)

# expect: a 'b' 42  3.14 ff 10 z %
# expect: v-007 a    |    b +5  5
# expect: %d format: a real number is required, not str
# expect: not enough arguments for format string
