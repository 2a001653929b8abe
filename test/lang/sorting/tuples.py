# Tuples are ordered by their first items that differ; comparisons of the items decide, and are asked for nothing else.
class Odd:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return isinstance(other, Odd) and self.n % 2 == other.n % 2
    def __lt__(self, other): return self.n < other.n
    def __repr__(self): return f'Odd({self.n})'

nan = float('nan')
print(sorted([(2, 'b'), (1, 'z'), (2,), (1, 'a', 0), (), (1, 'a')]))  # expect: [(), (1, 'a'), (1, 'a', 0), (1, 'z'), (2,), (2, 'b')]
print(sorted([(Odd(5), 2), (Odd(1), 3), (Odd(2), 1), (Odd(3), 1)]))  # expect: [(Odd(5), 2), (Odd(1), 3), (Odd(2), 1), (Odd(3), 1)]
print(sorted([(1.5, 1), (1, 2), (True, 1), (2**70, 0), (-2**70, 0)], reverse=True))  # expect: [(1180591620717411303424, 0), (1.5, 1), (1, 2), (True, 1), (-1180591620717411303424, 0)]
print(sorted([('\U0001f600', 1), ('\uffff', 2), ('a', (2,)), ('a', (1, 2))], key=lambda pair: pair[::1]))  # expect: [('a', (1, 2)), ('a', (2,)), ('\uffff', 2), ('😀', 1)]
print(sorted([(nan, 2), (nan, 1)]), [1 < 2 for _ in [0]])  # expect: [(nan, 1), (nan, 2)] [True]
try: sorted([(1, 'a'), (1, 2)])
except TypeError as e: print(e)  # expect: '<' not supported between instances of 'int' and 'str'
