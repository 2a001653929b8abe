"""Tracing, profiling, monitoring and jumps: what the functions are told, in CPython's order."""
import sys


def loop(n):
    total = 0
    for i in range(n):
        total += i
    return total


def fails():
    try:
        return len(3)
    except TypeError:
        return 'caught'


def gen():
    yield 1
    yield 2


def record(log):
    def trace(frame, event, arg):
        log.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        return trace
    return trace


def traced(function, *args):
    log = []
    sys.settrace(record(log))
    try:
        result = function(*args)
    finally:
        sys.settrace(None)
    return result, [entry for entry in log if entry[0] == function.__name__]


print(traced(loop, 2))
# expect: (1, [('loop', 'call', 0), ('loop', 'line', 1), ('loop', 'line', 2), ('loop', 'line', 3), ('loop', 'line', 2), ('loop', 'line', 3), ('loop', 'line', 2), ('loop', 'line', 4), ('loop', 'return', 4)])
print(traced(fails))
# expect: ('caught', [('fails', 'call', 0), ('fails', 'line', 1), ('fails', 'line', 2), ('fails', 'exception', 2), ('fails', 'line', 3), ('fails', 'line', 4), ('fails', 'return', 4)])

one_line = lambda: 1
print(traced(one_line)[1])
# expect: [('<lambda>', 'call', 0), ('<lambda>', 'line', 0), ('<lambda>', 'return', 0)]


def profiled(function):
    log = []
    sys.setprofile(lambda frame, event, arg: log.append((event, getattr(arg, '__name__', arg))))
    function()
    sys.setprofile(None)
    return log


print(profiled(fails))
# expect: [('call', None), ('c_call', 'len'), ('c_exception', 'len'), ('return', 'caught'), ('c_call', 'setprofile')]

monitoring = sys.monitoring
E = monitoring.events
monitoring.use_tool_id(0, 'test')
log = []
for name in ('PY_START', 'PY_YIELD', 'PY_RESUME', 'PY_RETURN', 'STOP_ITERATION', 'JUMP', 'BRANCH_LEFT', 'BRANCH_RIGHT'):
    monitoring.register_callback(0, getattr(E, name), lambda code, *args, name=name: log.append(name))
monitoring.set_events(0, E.PY_START | E.PY_YIELD | E.PY_RESUME | E.PY_RETURN | E.STOP_ITERATION)
for item in gen():
    pass
monitoring.set_events(0, 0)
print(log)
# expect: ['PY_START', 'PY_YIELD', 'PY_RESUME', 'PY_YIELD', 'PY_RESUME', 'PY_RETURN', 'STOP_ITERATION']

log.clear()
monitoring.set_local_events(0, loop.__code__, E.JUMP | E.BRANCH_LEFT | E.BRANCH_RIGHT)
loop(2)
monitoring.set_local_events(0, loop.__code__, 0)
loop(2)
print(log)  # expect: ['BRANCH_LEFT', 'JUMP', 'BRANCH_LEFT', 'JUMP', 'BRANCH_RIGHT']

lines = []


def once(code, line):
    lines.append(line - code.co_firstlineno)
    return monitoring.DISABLE


monitoring.register_callback(0, E.LINE, once)
monitoring.set_local_events(0, loop.__code__, E.LINE)
loop(3)
loop(3)
print(lines)  # expect: [1, 2, 3, 2, 4]
monitoring.restart_events()
loop(1)
print(lines)  # expect: [1, 2, 3, 2, 4, 1, 2, 3, 2, 4]
monitoring.free_tool_id(0)


def target():
    steps = []
    steps.append(1)
    steps.append(2)
    steps.append(3)
    return steps


def jump(frame, event, arg):
    if frame.f_code is target.__code__ and event == 'line' and frame.f_lineno == target.__code__.co_firstlineno + 3:
        frame.f_lineno += 1
    return jump


sys.settrace(jump)
print(target())  # expect: [1, 3]
sys.settrace(None)


def into_loop():
    first = 1
    for i in (1, 2):
        first = 2


def bad_jump(frame, event, arg):
    if frame.f_code is into_loop.__code__ and event == 'line' and frame.f_lineno == into_loop.__code__.co_firstlineno + 1:
        try:
            frame.f_lineno += 2
        except ValueError as error:
            print(error)
    return bad_jump


sys.settrace(bad_jump)
into_loop()  # expect: can't jump into the body of a for loop
sys.settrace(None)
