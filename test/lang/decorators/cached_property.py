from functools import cached_property
class A:
    @cached_property
    def v(self):
        print('compute')  # expect: compute
        return 5
a = A()
print(a.v, a.v, a.__dict__)  # expect: 5 5 {'v': 5}
