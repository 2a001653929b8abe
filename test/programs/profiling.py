"""sys.setprofile: what is called with starred arguments through a bound method gets them once."""
import sys


class B:
    f = classmethod(max)
    __lt__ = None


def run(call):
    events = []
    sys.setprofile(lambda frame, event, arg: events.append((event, getattr(arg, '__name__', arg))))
    try:
        result = call()
    finally:
        sys.setprofile(None)
    return result, events[1:-2]


method = B().f
args = (1,)
print(run(lambda: method(*args, key=lambda x: 0) is B))
# expect: (True, [('call', None), ('return', 0), ('call', None), ('return', 0)])
print(run(lambda: method(1, key=lambda x: 0) is B))
# expect: (True, [('c_call', 'max'), ('call', None), ('return', 0), ('call', None), ('return', 0), ('c_return', 'max')])
