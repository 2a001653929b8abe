class D:
    def __set_name__(self, o, n): raise ValueError('bad')
try:
    class A: d = D()
except ValueError as e: print(e, e.__notes__)

# expect: bad ["Error calling __set_name__ on 'D' instance 'd' in 'A'"]
