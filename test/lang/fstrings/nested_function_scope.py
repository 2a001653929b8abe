def f(a):
    return [f'{a}{b}' for b in range(2)]
print(f('q'))  # expect: ['q0', 'q1']
