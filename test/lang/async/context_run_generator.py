# Context.run of a function that makes a generator or coroutine leaves the context again.
import contextvars

def gen():
    yield 1

async def coro():
    pass

async def agen():
    yield 1

context = contextvars.Context()
for function in (gen, coro, agen, len):
    try:
        made = context.run(function, *([()] if function is len else []))
        print(type(made).__name__)
        if type(made).__name__ == 'coroutine':
            made.close()
    except RuntimeError as error:
        print('still entered')

# expect: generator
# expect: coroutine
# expect: async_generator
# expect: int
