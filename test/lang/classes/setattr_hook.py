class A:
    def __setattr__(self, k, v):
        print('set', k, v)
        object.__setattr__(self, k, v)
    def __delattr__(self, k): print('del', k)
a = A()
a.x = 1
del a.x
print(a.x)

# expect: set x 1
# expect: del x
# expect: 1
