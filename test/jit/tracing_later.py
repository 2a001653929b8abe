"""Tracing, profiling and monitoring that a callee of compiled code switches on: events from there on."""
import sys

log = []


def tracer(frame, event, arg):
    log.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


def set_trace():
    frame = sys._getframe(1)
    while frame is not None:
        frame.f_trace = tracer
        frame = frame.f_back
    sys.settrace(tracer)


def work(n, action):
    total = 0
    for i in range(n):
        total += i
        if i == n - 2:
            action()
        total += 1
    action2 = str(total)
    return action2


def outer(n, action):
    result = work(n, action)
    result += '!'
    return result


def nothing():
    pass


for _ in range(300):
    outer(4, nothing)
outer(4, set_trace)
sys.settrace(None)
for row in log:
    print(*row)
# expect: work line 6
# expect: work line 2
# expect: work line 3
# expect: work line 4
# expect: work line 6
# expect: work line 2
# expect: work line 7
# expect: work line 8
# expect: work return 8
# expect: outer line 2
# expect: outer line 3
# expect: outer return 3
# expect: <module> line 43


class Operand:
    def __add__(self, other):
        set_trace()
        return 1

    def __getattr__(self, name):
        set_trace()
        return name


def by_operator(operand):
    x = (operand + 1, int())[0] if operand is not None else 0
    y = x
    return y


def by_attribute(operand):
    x = (operand.name, int())[0] if operand is not None else 0
    y = x
    return y


for function in (by_operator, by_attribute):
    for _ in range(300):
        function(None)
    log.clear()
    function(Operand())
    sys.settrace(None)
    print([row for row in log if row[0].startswith('by')])
# expect: [('by_operator', 'line', 2), ('by_operator', 'line', 3), ('by_operator', 'return', 3)]
# expect: [('by_attribute', 'line', 2), ('by_attribute', 'line', 3), ('by_attribute', 'return', 3)]


def profiler(frame, event, arg):
    log.append((frame.f_code.co_name, event))


def set_profile():
    sys.setprofile(profiler)


log.clear()
for _ in range(300):
    outer(4, nothing)
outer(4, set_profile)
sys.setprofile(None)
print(log)
# expect: [('set_profile', 'return'), ('work', 'return'), ('outer', 'return'), ('<module>', 'c_call')]

monitoring = sys.monitoring
monitoring.use_tool_id(2, 'test')
monitoring.register_callback(2, monitoring.events.PY_RETURN, lambda code, offset, value: log.append((code.co_name, value)))


def set_monitoring():
    monitoring.set_events(2, monitoring.events.PY_RETURN)


log.clear()
for _ in range(300):
    outer(4, nothing)
outer(4, set_monitoring)
monitoring.set_events(2, 0)
print(log)  # expect: [('set_monitoring', None), ('work', '10'), ('outer', '10!')]


def local_events(on):
    monitoring.set_local_events(2, work.__code__, monitoring.events.LINE if on else 0)


monitoring.register_callback(2, monitoring.events.LINE, lambda code, line: log.append(line - code.co_firstlineno))
log.clear()
for _ in range(300):
    outer(4, nothing)
outer(4, lambda: local_events(True))
local_events(False)
print(log)  # expect: [6, 2, 3, 4, 6, 2, 7, 8]


def jump(frame, event, arg):
    if event == 'line' and frame.f_lineno == frame.f_code.co_firstlineno + 7:
        frame.f_lineno += 1
    return jump


def set_jump():
    frame = sys._getframe(1)
    frame.f_trace = jump
    sys.settrace(jump)


def jumps(action):
    x = 0
    for i in range(3):
        x += i
    action()
    y = 'before'
    x += 1
    y = 'skipped'
    return x, y


for _ in range(300):
    jumps(nothing)
print(jumps(set_jump))  # expect: (4, 'before')
sys.settrace(None)


def stop_trace():
    sys.settrace(None)


def traced_again(n, action):
    total = 0
    for i in range(n):
        total += i
        if i == 5:
            action()
    return total


log.clear()
sys.settrace(tracer)
traced_again(8, stop_trace)
print(len(log), log[-1][:2])  # expect: 24 ('stop_trace', 'line')
log.clear()
for _ in range(300):
    traced_again(8, nothing)
print(traced_again(1000, nothing), log)  # expect: 499500 []
