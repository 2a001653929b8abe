"""ladon.jit: what is compiled, when, and what came of it."""
import ladon.jit as jit


def square_sum(n):
    total = 0
    for i in range(n):
        total += i * i
    return total


def never(n):
    return n + 1


jit.enable()
jit.compile_after_n_calls(50)
print(jit.is_enabled(), jit.get_compile_after_n_calls())  # expect: True 50
print(jit.is_jit_compiled(square_sum))  # expect: False
print(jit.force_compile(square_sum), jit.is_jit_compiled(square_sum))  # expect: True True
print(square_sum(10), square_sum(1_000))  # expect: 285 332833500
print('return' in jit.disassemble(square_sum), jit.disassemble(never))  # expect: True None
print(square_sum in jit.get_compiled_functions(), never in jit.get_compiled_functions())  # expect: True False

# Results that are no small ints any more leave compiled code where they come up.
print(square_sum(400_000))  # expect: 21333253333400000
print(jit.force_uncompile(square_sum), jit.is_jit_compiled(square_sum))  # expect: True False
print(jit.force_uncompile(square_sum))  # expect: False


@jit.jit_suppress
def suppressed(n):
    return n * 2


print(jit.force_compile(suppressed), suppressed(21))  # expect: False 42
print(jit.force_compile(jit.jit_unsuppress(suppressed)), suppressed(21))  # expect: True 42

for name in ('compiled', 'refused', 'left', 'milliseconds', 'size', 'passes', 'failures'):
    assert name in jit.stats(), name
print(jit.stats()['compiled'] > 0, jit.stats()['size'] > 0)  # expect: True True

jit.disable()
print(jit.is_enabled(), jit.get_compiled_functions())  # expect: False []
for _ in range(1_000):
    never(1)
print(jit.is_jit_compiled(never))  # expect: False
jit.enable()
for _ in range(1_000):
    never(1)
print(jit.is_jit_compiled(never))  # expect: True

for wrong in (lambda: jit.force_compile(len), lambda: jit.compile_after_n_calls(-1), lambda: jit.jit_suppress(3)):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
# expect: TypeError force_compile() argument must be a function written in Python, not builtin_function_or_method
# expect: ValueError number of calls must not be negative
# expect: TypeError jit_suppress() argument must be a function written in Python, not int
