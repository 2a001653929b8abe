class A:
    x = property(lambda self: 'got', lambda self, v: print('put', v), doc='d')
a = A(); a.x = 1
print(a.x, A.x.__doc__, A.x.fget is not None, A.x.fdel)

# expect: put 1
# expect: got d True None
