class CM:
    def __enter__(self): pass
    def __exit__(self, *a): print('exit', a[0])
def f():
    with CM(): return 'r'
print(f())
for i in range(2):
    with CM():
        if i == 0: continue
        break

# expect: exit None
# expect: r
# expect: exit None
# expect: exit None
