print(1, 2, sep='-', end='!\n')
print()
print('a', None, True, sep='')
print(*[1, 2], sep='\n')

# expect: 1-2!
# expect:
# expect: aNoneTrue
# expect: 1
# expect: 2
