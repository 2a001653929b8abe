class A:
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
a = A()
a[1:2] = 3
a[1, ..., :] = 4
del a[::2]
a['x'] += 1 if False else 0

# expect: set slice(1, 2, None) 3
# expect: set (1, Ellipsis, slice(None, None, None)) 4
# expect: del slice(None, None, 2)
# expect-error: TypeError: 'A' object is not subscriptable
