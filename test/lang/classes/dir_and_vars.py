class A:
    def __init__(self): self.b = 1
    def __dir__(self): return ['z', 'a']
print(dir(A()), vars(A()))  # expect: ['a', 'z'] {'b': 1}
