# Watchers of dicts: which write tells of what, and when nothing does.
import _testcapi

wid = _testcapi.add_dict_watcher(0)
tell = _testcapi.get_dict_watcher_events


def told():
    events = list(tell())
    tell().clear()
    return events


d = {}
_testcapi.watch_dict(wid, d)
d["a"] = "one"
d["a"] = "two"
print(told())  # expect: ['new:a:one', 'mod:a:two']
value = object()
d["same"] = value
told()
d["same"] = value
print(told())  # expect: []
d[(1, 2)] = "tuple"
d[1] = "int"
d[True] = "bool"
print(told())  # expect: ['new:(1, 2):tuple', 'new:1:int', 'mod:True:bool']
d.setdefault("a", "three")
d.setdefault("b", "four")
d |= {"b": "five", "c": "six"}
d.update(c="seven")
print(told())  # expect: ['new:b:four', 'mod:b:five', 'new:c:six', 'mod:c:seven']
del d["c"]
d.pop("b")
d.pop((1, 2))
d.popitem()
print(told())  # expect: ['del:c', 'del:b', 'del:(1, 2)', 'del:1']
d.clear()
d.clear()
print(told())  # expect: ['clear']

fresh = {}
_testcapi.watch_dict(wid, fresh)
fresh.update({})
fresh.update({"x": "1"})
fresh.update({"x": "2"})
print(told())  # expect: ['clone', 'mod:x:2']

# A failed write is none.
try:
    fresh[[]] = 1
except TypeError:
    pass
fresh.pop("absent", None)
print(told())  # expect: []


class C:
    pass


c = C()
_testcapi.watch_dict(wid, c.__dict__)
c.x = "1"
c.__dict__["x"] = "2"
setattr(c, "y", "3")
del c.y
print(told())  # expect: ['new:x:1', 'mod:x:2', 'new:y:3', 'del:y']

namespace = {"__builtins__": __builtins__}
_testcapi.watch_dict(wid, namespace)
exec("g = 'h'\ndef f():\n    global g\n    g = 'i'\nf()\ndel g", namespace)
print([event.split(" at ")[0] for event in told()])  # expect: ['new:g:h', 'new:f:<function f', 'mod:g:i', 'del:g']

_testcapi.unwatch_dict(wid, d)
d["a"] = 1
print(told())  # expect: []
_testcapi.clear_dict_watcher(wid)
c.x = "nobody listens"
try:
    _testcapi.watch_dict(wid, d)
except ValueError as error:
    print("ValueError", str(error).startswith("No dict watcher set for ID"))  # expect: ValueError True
