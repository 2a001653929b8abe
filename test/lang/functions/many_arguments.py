def f(*a): return sum(a)
print(f(*range(300)))  # expect: 44850
def g(**k): return len(k)
print(g(**{f'k{i}': i for i in range(300)}))  # expect: 300
