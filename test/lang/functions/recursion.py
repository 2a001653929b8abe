def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(20))  # expect: 2432902008176640000
print(fact(30))  # expect: 265252859812191058636308480000000
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
print([fib(i) for i in range(12)])  # expect: [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
