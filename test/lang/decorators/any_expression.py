decos = {'up': lambda f: (lambda: f().upper())}
@decos['up']
def f(): return 'abc'
print(f())  # expect: ABC
@(lambda f: 'replaced')
def g(): pass
print(g)  # expect: replaced
