from functools import wraps
def deco(f):
    @wraps(f)
    def w(*a, **k): return f(*a, **k) * 2
    return w
@deco
def fn(x):
    'doc'
    return x
print(fn(4), fn.__name__, fn.__doc__, fn.__wrapped__(4))  # expect: 8 fn doc 4
