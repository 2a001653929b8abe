class Base:
    def __init__(self, **kw): print('Base', kw)
class X(Base):
    def __init__(self, x, **kw): print('X', x); super().__init__(**kw)
class Y(Base):
    def __init__(self, y, **kw): print('Y', y); super().__init__(**kw)
class Z(X, Y): pass
Z(x=1, y=2)

# expect: X 1
# expect: Y 2
# expect: Base {}
