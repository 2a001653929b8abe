class MyGroup(ExceptionGroup):
    def derive(self, excs): return MyGroup(self.message, excs)
eg = MyGroup('m', [ValueError(1), TypeError(2)])
m, r = eg.split(ValueError)
print(type(m).__name__, type(r).__name__)  # expect: MyGroup MyGroup
