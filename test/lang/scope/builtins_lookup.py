def f(): return len
print(f()([1]))  # expect: 1
len = lambda x: 'shadow'
print(f()([1]))  # expect: shadow
del len
print(f()([1]))  # expect: 1
