class A:
    def __lt__(self, o): return 'lt'
    def __gt__(self, o): return 'gt'
    def __le__(self, o): return NotImplemented
print(A() < 1, 1 < A(), 1 > A())
try: A() <= 1
except TypeError as e: print(e)

# expect: lt gt lt
# expect: '<=' not supported between instances of 'A' and 'int'
