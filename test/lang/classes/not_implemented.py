class A:
    def __add__(self, o): return NotImplemented
try: A() + 1
except TypeError as e: print(e)
try: 1 < A()
except TypeError as e: print(e)
print(A() == 1)

# expect: unsupported operand type(s) for +: 'A' and 'int'
# expect: '<' not supported between instances of 'int' and 'A'
# expect: False
