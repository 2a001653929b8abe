class A:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
print(A(1) == A(1), A(1) != A(1), A(1) == 3)
try: hash(A(1))
except TypeError as e: print(e)
class B(A):
    def __hash__(self): return hash(self.v)
print(len({B(1), B(1), B(2)}))

# expect: True False False
# expect: unhashable type: 'A'
# expect: 2
