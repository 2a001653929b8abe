import operator
class A:
    def __length_hint__(self): return 7
print(operator.length_hint(A()), operator.length_hint(iter([1, 2])), operator.length_hint(5, 3))  # expect: 7 2 3
