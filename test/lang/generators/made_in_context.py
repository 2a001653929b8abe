# A generator function that is run in a context leaves the context as it returns its generator.
import contextvars

variable = contextvars.ContextVar('variable', default=0)
context = contextvars.copy_context()


def numbers():
    variable.set(1)
    yield variable.get()


async def later():
    yield 1


made = context.run(numbers)
context.run(variable.set, 5)
print(variable.get(), context[variable])  # expect: 0 5
print(next(made), variable.get())  # expect: 1 1
print(type(context.run(later)).__name__)  # expect: async_generator
print(context.run(variable.get))  # expect: 5
