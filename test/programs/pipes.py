"""A pipe of one interpreter closed by another: the number is closed for both, and Node says nothing of it."""
import os
from concurrent import interpreters
r, w = os.pipe()
i = interpreters.create()
i.exec(f"import os; os.write({w}, b'hi'); os.close({w})")
print(os.read(r, 10), os.read(r, 10))
try:
    os.close(w)
except OSError as error:
    print(error)
os.close(r)
try:
    i.exec(f"import os; os.read({r}, 1)")
except Exception as error:
    print(type(error).__name__)
i.close()
i = interpreters.create()
i.exec("import os; r, w = os.pipe()")
q = interpreters.create_queue()
i.prepare_main(q=q)
i.exec("q.put((r, w))")
r, w = q.get()
os.write(w, b'abc')
i.exec("print(os.read(r, 3), flush=True)")
os.close(w)
os.close(r)
i.exec("""
for fd in r, w:
    try:
        os.close(fd)
    except OSError as error:
        print(error, flush=True)
""")
i.close()
numbers = [os.open(os.devnull, os.O_RDONLY) for _ in range(10)]
for fd in numbers:
    os.close(fd)
print('end')
# expect: b'hi' b''
# expect: [Errno 9] Bad file descriptor
# expect: ExecutionFailed
# expect: b'abc'
# expect: [Errno 9] Bad file descriptor
# expect: [Errno 9] Bad file descriptor
# expect: end
