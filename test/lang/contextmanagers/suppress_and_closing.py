from contextlib import suppress, closing, nullcontext
with suppress(KeyError): {}['x']
class C:
    def close(self): print('closed')
with closing(C()): print('body')
with nullcontext(5) as n: print(n)

# expect: body
# expect: closed
# expect: 5
