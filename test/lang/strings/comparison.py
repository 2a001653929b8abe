print('a' < 'b', 'Z' < 'a', 'abc' < 'abcd', 'é' > 'z', '\U0001f600' > '\uffff', 'a' == 'a', 'a' != 1)
try: 'a' < 1
except TypeError as e: print(e)

# expect: True True True True True True True
# expect: '<' not supported between instances of 'str' and 'int'
