class M(type):
    def __add__(cls, o): return cls.__name__ + o.__name__
    def __len__(cls): return 7
    def __getitem__(cls, k): return k
    def __iter__(cls): return iter('ab')
    def __contains__(cls, x): return x == 1
class A(metaclass=M): pass
print(A + A, len(A), A['k'], list(A), 1 in A)  # expect: AA 7 k ['a', 'b'] True
