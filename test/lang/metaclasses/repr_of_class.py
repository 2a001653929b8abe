class M(type):
    def __repr__(cls): return f'<cls {cls.__name__}>'
class A(metaclass=M): pass
print(A, [A], f'{A}')  # expect: <cls A> [<cls A>] <cls A>
