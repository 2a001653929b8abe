# str, int and float of values of all kinds at one place; formats whose text is equal, but another object; keywords of native functions.
import sys


class N:
    def __str__(self):
        return "n"
    def __int__(self):
        return 7
    __index__ = __int__
    def __float__(self):
        return 2.5


class S(str):
    def __str__(self):
        return "own"


def text(x):
    return str(x)


def number(x):
    return int(x)


def real(x):
    return float(x)


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


values = [1, True, 2.5, -0.5, -0.0, 1e16, 1e30, 10**20, "12", " -3 ", "x", None, N(), S("4"), b"5", float("nan"), float("-inf"), 2.0**53, -(2.0**53) + 1]
for _ in range(300):
    for f in (text, number, real):
        for x in values:
            attempt(f, x)
for x in values:
    print(repr(attempt(text, x)), repr(attempt(number, x)), repr(attempt(real, x)))
# expect: '1' 1 1.0
# expect: 'True' 1 1.0
# expect: '2.5' 2 2.5
# expect: '-0.5' 0 -0.5
# expect: '-0.0' 0 -0.0
# expect: '1e+16' 10000000000000000 1e+16
# expect: '1e+30' 1000000000000000019884624838656 1e+30
# expect: '100000000000000000000' 100000000000000000000 1e+20
# expect: '12' 12 12.0
# expect: ' -3 ' -3 -3.0
# expect: 'x' "ValueError: invalid literal for int() with base 10: 'x'" "ValueError: could not convert string to float: 'x'"
# expect: 'None' "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'" "TypeError: float() argument must be a string or a real number, not 'NoneType'"
# expect: 'n' 7 2.5
# expect: 'own' 4 4.0
# expect: "b'5'" 5 5.0
# expect: 'nan' 'ValueError: cannot convert float NaN to integer' nan
# expect: '-inf' 'OverflowError: cannot convert float infinity to integer' -inf
# expect: '9007199254740992.0' 9007199254740992 9007199254740992.0
# expect: '-9007199254740991.0' -9007199254740991 -9007199254740991.0
x = 1.5
print(real(x) is x, type(text(S("a"))) is str, type(number(True)) is int)  # expect: True True True


def fill(i, name):
    form = "".join(["%s=%", "-5d|"])
    spec = "".join([">", "6"])
    return form % (name, i) + format(name, spec) + "".join(["{:", "e}"]).format(i / 4) + "{a!r}{b:>{c}}".format(a=name, b=i, c=4)


for i in range(1500):
    fill(i, "k")
print(fill(12, "ab"), fill(-3, "é\U0001F600"))  # expect: ab=12   |    ab3.000000e+00'ab'  12 é😀=-3   |    é😀-7.500000e-01'é😀'  -3


class R:
    def __rmod__(self, other):
        return "rmod"


class F(str):
    def __mod__(self, other):
        return "F.mod"
    def __rmod__(self, other):
        return "F.rmod"


class T(tuple):
    def __rmod__(self, other):
        return "T.rmod"


def mod(a, b):
    return a % b


for _ in range(1500):
    mod("%s-%s", (1, 2))
print(mod("%s-%s", T((1, 2))), attempt(mod, "%s", R()) != "rmod", mod(F("%s"), (1,)), mod("%s", F("x")), attempt(mod, "%s", (1, 2)), attempt(mod, "%d", ("a",)), sep="; ")
# expect: 1-2; True; F.mod; F.rmod; TypeError: not all arguments converted during string formatting; TypeError: %d format: a real number is required, not str
print(f"{1234.5:e} {0.0:e} {-0.0:.3e} {9.9999995:.6e} {2.5:.0e} {3.5:.0e} {1e-320:.4e} {123456789.125:.10e} {1e100:.12e}")  # expect: 1.234500e+03 0.000000e+00 -0.000e+00 9.999999e+00 2e+00 4e+00 9.9999e-321 1.2345678912e+08 1.000000000000e+100
print(len("a" * 40 + "\U0001F600"), len("\u4e2d" * 100), len("x" * 255 + "\ud800"), ("y" * 300 + "\U0001F600")[300:] == "\U0001F600")  # expect: 41 100 256 True
