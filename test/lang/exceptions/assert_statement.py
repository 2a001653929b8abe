try: assert 1 == 2, 'message'
except AssertionError as e: print(repr(e))
try: assert []
except AssertionError as e: print(repr(e))
assert True, 1 / 0
print('ok')

# expect: AssertionError('message')
# expect: AssertionError()
# expect: ok
