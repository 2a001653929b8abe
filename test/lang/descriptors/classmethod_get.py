class A:
    @classmethod
    def c(cls): return cls
    @staticmethod
    def s(): return 's'
print(A.__dict__['c'].__get__(None, A)() is A, A.__dict__['s'].__get__(None)(), A.__dict__['c'].__func__.__name__)
# expect-error: TypeError: __get__(None, None) is invalid
