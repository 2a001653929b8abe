def tag(cls):
    cls.tag = cls.__name__.lower()
    return cls
@tag
class Foo: pass
print(Foo.tag)  # expect: foo
