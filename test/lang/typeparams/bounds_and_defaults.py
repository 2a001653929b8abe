def f[T: int, *Ts, **P](x): pass
t, ts, p = f.__type_params__
print(t.__bound__, t.__name__, ts, p)  # expect: <class 'int'> T Ts P
class A[T = str]: pass
print(A.__type_params__[0].__default__, A.__type_params__[0].has_default())  # expect: <class 'str'> True
