# The current context is found anew after each change of it, in threads, copies and contexts that are run.
import contextvars
import threading
from decimal import Context, Decimal, getcontext, localcontext, setcontext

third = lambda: str(Decimal(1) / 3)
getcontext().prec = 5
print(third())  # expect: 0.33333
with localcontext() as ctx:
    ctx.prec = 3
    print(third(), getcontext() is ctx)  # expect: 0.333 True
    with localcontext(prec=2):
        print(third())  # expect: 0.33
    print(third())  # expect: 0.333
print(third())  # expect: 0.33333
setcontext(Context(prec=4))
print(third())  # expect: 0.3333


def inner():
    before = third()
    setcontext(Context(prec=7))
    return before, third()


copy = contextvars.copy_context()
print(copy.run(inner), third(), copy.run(third), third())  # expect: ('0.3333', '0.3333333') 0.3333 0.3333333 0.3333
seen = []
thread = threading.Thread(target=lambda: seen.append(third()))
thread.start()
thread.join()
print(len(seen[0]) in (6, 30), third())  # expect: True 0.3333
var = contextvars.ContextVar("var", default=1)
tokens = [(var.get(), var.set(i), var.get()) for i in range(3)]
print([(a, c) for a, _, c in tokens])  # expect: [(1, 0), (0, 1), (1, 2)]
for _, token, _ in reversed(tokens):
    var.reset(token)
    print(var.get(), third(), end=" ")
print(".")  # expect: 1 0.3333 0 0.3333 1 0.3333 .
print(copy.run(var.get), copy.run(var.set, 5) and var.get(), copy[var])  # expect: 1 1 5
