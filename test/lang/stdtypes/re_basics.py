import re
print(re.findall(r'\d+', 'a1b22'), re.sub(r'(\w)(\d)', r'\2\1', 'a1 b2'), re.match(r'(?P<n>\w+)', 'hi there').group('n'), re.split(r'[,;]', 'a,b;c'))  # expect: ['1', '22'] 1a 2b hi ['a', 'b', 'c']
