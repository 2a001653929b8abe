print('a,b,,c'.split(','), ' a  b '.split(), 'a-b-c'.split('-', 1), 'a-b-c'.rsplit('-', 1), 'x\ny\r\nz'.splitlines(), 'x\ny\n'.splitlines(True))
print('-'.join(['a', 'b']), ''.join([]))
try: '-'.join(['a', 1])
except TypeError as e: print(e)

# expect: ['a', 'b', '', 'c'] ['a', 'b'] ['a', 'b-c'] ['a-b', 'c'] ['x', 'y', 'z'] ['x\n', 'y\n']
# expect: a-b 
# expect: sequence item 1: expected str instance, int found
