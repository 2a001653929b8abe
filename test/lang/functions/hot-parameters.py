# Functions that take more than positional parameters, called from compiled code before they are compiled themselves (they are called more
# rarely than it is), and after.


def rest(first, *others):
    return first, others


def pass_on(function, *args):
    return function(*args)


def keyword_only(a, b=2, *, c, d=4):
    return a, b, c, d


def both(*args, key=None):
    return args, key


class Base:
    def __init__(self, a, *others):
        self.others = others


class Derived(Base):
    def __init__(self, a, b, c):
        Base.__init__(self, a, b, c)


def wrong(i):
    found = []
    if i % 4:
        return found
    if rest(1, 2, i) != (1, (2, i)):
        found.append("rest")
    if pass_on(rest, i, 2) != (i, (2,)):
        found.append("pass_on")
    if keyword_only(i, c=3) != (i, 2, 3, 4):
        found.append("keyword_only")
    if both(1, i, key=i) != ((1, i), i) or both() != ((), None):
        found.append("both")
    if Derived(1, 2, i).others != (2, i):
        found.append("Derived")
    return found


seen = set()
for i in range(2_000):
    seen.update(wrong(i))
    if i % 3 == 0 and (rest(i) != (i, ()) or pass_on(both, i) != ((i,), None) or keyword_only(d=1, c=2, a=i) != (i, 2, 2, 1)):
        seen.add("module")
print(sorted(seen))  # expect: []
