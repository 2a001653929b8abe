class A:
    n = 2
    a = [i for i in range(n)]
    try: b = [n for i in range(2)]
    except NameError as e: b = str(e)
print(A.a, A.b)  # expect: [0, 1] name 'n' is not defined
