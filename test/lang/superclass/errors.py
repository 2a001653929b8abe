# What `super` and a class without its cell say.
class C:
    pass


for thing in list, 1:
    try:
        super(C, thing)
    except TypeError as error:
        print(error)
# expect: super(type, obj): obj (type list) is not an instance or subtype of type (C).
# expect: super(type, obj): obj (instance of int) is not an instance or subtype of type (C).


class Forgetful(type):
    def __new__(cls, name, bases, namespace):
        namespace.pop('__classcell__', None)
        return super().__new__(cls, name, bases, namespace)


try:
    class Without(metaclass=Forgetful):
        def method(self):
            return __class__
except RuntimeError as error:
    print(error)  # expect: __class__ not set defining 'Without' as <class '__main__.Without'>. Was __classcell__ propagated to type.__new__?
