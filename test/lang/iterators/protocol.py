class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(It(3)), sum(It(4)), 2 in It(5), max(It(3)), tuple(It(2)), [*It(2)])  # expect: [2, 1, 0] 6 True 2 (1, 0) [1, 0]
