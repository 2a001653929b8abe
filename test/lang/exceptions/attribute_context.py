"""An AttributeError of the program's own is told what was asked for; an UnboundLocalError has no name."""


def with_error(*arguments):
    class A:
        blech = None

        def __getattr__(self, name):
            raise AttributeError(*arguments)

    return A()


class Property:
    @property
    def here(self):
        raise AttributeError("inside")

    def __getattr__(self, name):
        raise AttributeError(name, name="given", obj=3)


class Own:
    @property
    def here(self):
        raise AttributeError("inside")


for owner, name in [(with_error(), "bluch"), (with_error("x", 1), "bluch"), (Property(), "here"), (Own(), "here")]:
    try:
        getattr(owner, name)
    except AttributeError as error:
        print(error.name, type(error.obj).__name__, error.args)
    print(hasattr(owner, name), getattr(owner, name, "missing"))

try:
    with_error(23).bluch
except AttributeError as error:
    print(error.name, type(error.obj).__name__)
try:
    Own().here
except AttributeError as error:
    print(error.name, type(error.obj).__name__)


def unbound():
    print(later)
    later = 1


try:
    unbound()
except NameError as error:
    print(type(error).__name__, error.name)
try:
    nothing
except NameError as error:
    print(type(error).__name__, error.name)
# expect: bluch A ()
# expect: False missing
# expect: bluch A ('x', 1)
# expect: False missing
# expect: given int ('here',)
# expect: False missing
# expect: here Own ('inside',)
# expect: False missing
# expect: bluch A
# expect: here Own
# expect: UnboundLocalError None
# expect: NameError nothing
