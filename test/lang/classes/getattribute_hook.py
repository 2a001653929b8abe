class A:
    v = 1
    def __getattribute__(self, name):
        print('get', name)  # expect: get v
        return super().__getattribute__(name)
a = A()
print(a.v)  # expect: 1
