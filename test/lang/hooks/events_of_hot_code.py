# Watchers are told by code that has run often before, as by any other.
import _testcapi

X = 0


class C:
    kind = "old"

    def __init__(self):
        self.v = 0

    def name(self):
        return self.kind


def set_global(n):
    global X
    X = n


def set_item(d, n):
    d["k"] = n


def set_attribute(o, n):
    o.v = n


def make():
    def made():
        pass
    return made


def run(times, d, o):
    for i in range(times):
        set_global(i)
        set_item(d, i)
        set_attribute(o, i)
        o.name()
        make()


d, o = {"k": 0}, C()
o.__dict__
for _ in range(10):
    run(500, d, o)

wid = _testcapi.add_dict_watcher(0)
events = _testcapi.get_dict_watcher_events()
for watched in (globals(), d, o.__dict__):
    _testcapi.watch_dict(wid, watched)
events.clear()
run(2, d, o)
print(*events)  # expect: mod:X:0 mod:k:0 mod:v:0 mod:X:1 mod:k:1 mod:v:1
events.clear()
run(600, d, o)
print(len(events))  # expect: 1800
_testcapi.clear_dict_watcher(wid)

created = []


def watcher(event, func, value):
    if event == _testcapi.PYFUNC_EVENT_CREATE:
        created.append(func.__name__)


wid = _testcapi.add_func_watcher(watcher)
run(3, d, o)
_testcapi.clear_func_watcher(wid)
print(*created)  # expect: made made made

wid = _testcapi.add_type_watcher(0)
_testcapi.watch_type(wid, C)
C.kind = "new"
run(400, d, o)
print(o.name(), len(_testcapi.get_type_modified_events()))  # expect: new 1
C.kind = "newer"
print(o.name(), len(_testcapi.get_type_modified_events()))  # expect: newer 2
_testcapi.clear_type_watcher(wid)
