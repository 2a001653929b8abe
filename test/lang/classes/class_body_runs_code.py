class A:
    for i in range(3):
        exec(f'm{i} = {i}')
    if True:
        def g(self): return 'g'
print(A.m2, A().g(), A.i)  # expect: 2 g 2
