s = 'banana'
print(s.find('an'), s.rfind('an'), s.find('x'), s.count('an'), s.count(''), s.index('n'), s.find('a', 2, 4))
try: s.index('z')
except ValueError as e: print(e)

# expect: 1 3 -1 2 7 2 3
# expect: substring not found
