s = 'a'
s += 'b'
print(s + 'c', 'ab' * 3, 'x' * 0, 'x' * -1, 'a' 'b' "c")
try: 'a' + 1
except TypeError as e: print(e)
try: 'a' * 'b'
except TypeError as e: print(e)

# expect: abc ababab   abc
# expect: can only concatenate str (not "int") to str
# expect: can't multiply sequence by non-int of type 'str'
