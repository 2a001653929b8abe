def g():
    yield 1
it = g()
print(it.gi_running, it.gi_frame is not None, it.__name__, it.gi_yieldfrom)  # expect: False True g None
list(it)
print(it.gi_frame, it.gi_suspended)  # expect: None False
