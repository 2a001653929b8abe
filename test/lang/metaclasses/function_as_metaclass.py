def meta(name, bases, ns):
    return (name, bases, sorted(k for k in ns if k[0] != '_'))
class A(metaclass=meta):
    b = 1
print(A)  # expect: ('A', (), ['b'])
