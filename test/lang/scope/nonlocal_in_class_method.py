def f():
    n = 0
    class C:
        def inc(self):
            nonlocal n
            n += 1
            return n
    c = C()
    c.inc()
    return c.inc()
print(f())  # expect: 2
