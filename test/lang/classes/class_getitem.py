class A:
    def __class_getitem__(cls, item): return cls.__name__, item
print(A[int], A[1, 2])
class B: pass
try: B[0]
except TypeError as e: print(e)

# expect: ('A', <class 'int'>) ('A', (1, 2))
# expect: type 'B' is not subscriptable
