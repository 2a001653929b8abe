print('ell' in 'hello', '' in '', list('abc'), max('hello'), sorted('bca'), set('aa'))
try: 1 in 'abc'
except TypeError as e: print(e)

# expect: True True ['a', 'b', 'c'] o ['a', 'b', 'c'] {'a'}
# expect: 'in <string>' requires string as left operand, not int
