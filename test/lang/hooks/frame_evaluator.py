# A replaced frame evaluator (PEP 523) sees every frame from its start or resumption, also of functions that were hot before.
import _testinternalcapi


def inner(x):
    return x


def gen(n):
    for i in range(n):
        yield i


def main(n, when=-1):
    s = 0
    for i in range(n):
        if i == when:
            _testinternalcapi.set_eval_frame_record(record)
        s += inner(i)
    for j in gen(2):
        s += j
    return s


class C:
    def __init__(self):
        self.v = 1

    def m(self):
        return self.v


def use(n):
    t = 0
    for i in range(n):
        t += C().m()
    return t


for _ in range(20):
    main(500)
    use(300)
record = []
_testinternalcapi.set_eval_frame_record(record)
main(3)
use(2)
_testinternalcapi.set_eval_frame_default()
print(*record)  # expect: main inner inner inner gen gen gen gen use __init__ m __init__ m
record = []
main(5, 2)
_testinternalcapi.set_eval_frame_default()
print(*record)  # expect: inner inner inner gen gen gen gen
main(3)
print(len(record))  # expect: 7
