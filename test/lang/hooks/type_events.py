# Watchers of classes: one event until the class is looked up again; changes of bases count; errors name the watcher.
import _testcapi
import sys

wid = _testcapi.add_type_watcher(0)
tell = _testcapi.get_type_modified_events


def told():
    names = [cls.__name__ for cls in tell()]
    tell().clear()
    return names


class A:
    x = 1


class B(A):
    def method(self):
        return self.x


_testcapi.watch_type(wid, B)
A.x = 2
A.y = 3
B.z = 4
print(told())  # expect: ['B']
print(B().method())  # expect: 2
A.x = 5
print(told(), B().method())  # expect: ['B'] 5
del A.y
print(told())  # expect: ['B']
B.x
B.__bases__ = (type("Other", (), {"x": 6}),)
print("B" in told(), B().method())  # expect: True 6
_testcapi.unwatch_type(wid, B)
B.x = 7
print(told())  # expect: []
_testcapi.clear_type_watcher(wid)

failing = _testcapi.add_type_watcher(1)
messages = []
sys.unraisablehook = lambda unraisable: messages.append((unraisable.err_msg.replace(str(failing), "N"), str(unraisable.exc_value), unraisable.object))
_testcapi.watch_type(failing, A)
A.x = 8
sys.unraisablehook = sys.__unraisablehook__
_testcapi.clear_type_watcher(failing)
print(messages)  # expect: [("Exception ignored in type watcher callback #N for <class '__main__.A'>", 'boom!', None)]
print(A.x)  # expect: 8
