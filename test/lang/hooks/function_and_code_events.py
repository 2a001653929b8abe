# Watchers of functions and of code objects.
import _testcapi
import gc

NAMES = {getattr(_testcapi, name): name.removeprefix("PYFUNC_EVENT_") for name in dir(_testcapi) if name.startswith("PYFUNC_EVENT_")}
events = []


def watcher(event, func, value):
    if event != _testcapi.PYFUNC_EVENT_DESTROY:
        events.append((NAMES[event], func.__name__, value.co_name if hasattr(value, "co_name") else value))


wid = _testcapi.add_func_watcher(watcher)


def made(a=1, *, b=2):
    return a + b


made.__defaults__ = (10,)
made.__kwdefaults__ = None
made.__name__ = "renamed"
made.__code__ = (lambda a, *, b=0: a).__code__
_testcapi.clear_func_watcher(wid)
for event in events:
    print(*event)
# expect: CREATE made None
# expect: MODIFY_DEFAULTS made (10,)
# expect: MODIFY_KWDEFAULTS made None
# expect: CREATE <lambda> None
# expect: MODIFY_CODE renamed <lambda>


def silent():
    pass


print(len(events))  # expect: 5

before = _testcapi.get_code_watcher_num_created_events(0)
wid = _testcapi.add_code_watcher(0)
code = _testcapi.code_newempty("file", "name", 1)
print(_testcapi.get_code_watcher_num_created_events(0) - before)  # expect: 1
print(code.co_name, code.co_filename)  # expect: name file
try:
    exec(code)
except AssertionError:
    print("raises")  # expect: raises
_testcapi.clear_code_watcher(wid)
