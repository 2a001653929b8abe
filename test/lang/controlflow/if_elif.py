def f(x):
    if x < 0: return 'neg'
    elif x == 0: return 'zero'
    elif x < 10: return 'small'
    else: return 'big'
print([f(x) for x in (-1, 0, 5, 50)])  # expect: ['neg', 'zero', 'small', 'big']
