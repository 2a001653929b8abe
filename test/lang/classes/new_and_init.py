class A:
    def __new__(cls, *args):
        print('new', args)
        return super().__new__(cls)
    def __init__(self, *args): print('init', args)
A(1, 2)
class B:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(B())

# expect: new (1, 2)
# expect: init (1, 2)
# expect: 5
