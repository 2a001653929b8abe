# Where frames stand and what they stand on, asked again and again: in running functions, in handlers, and of functions that are done.
import sys

kept = []


def stack(depth):
    f = sys._getframe(1)
    lines = []
    while f is not None and len(lines) < depth:
        lines.append((f.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno))
        f = f.f_back
    return lines


def leaf(n):
    if n % 500 == 0:
        kept.append(sys._getframe())
    return stack(3)


def middle(n):
    first = leaf(n)
    second = leaf(n)
    return first, second


def outer(n):
    return middle(n)


def failing(n):
    raise ValueError(n)


def handling(n):
    try:
        failing(n)
    except ValueError as error:
        inner = error.__traceback__.tb_next.tb_frame
        own = error.__traceback__.tb_frame
        names = [inner.f_code.co_name, inner.f_back.f_code.co_name, own.f_back.f_code.co_name, own is sys._getframe()]
        lines = own.f_lineno - own.f_code.co_firstlineno, error.__traceback__.tb_lineno - own.f_code.co_firstlineno
        return names, lines, stack(2)


def caller(n):
    return handling(n)


def walk(n):
    for value in range(2):
        yield n + value, stack(2)


def first_user(generator):
    return next(generator)


def second_user(generator):
    return next(generator)


def both(n):
    generator = walk(n)
    return first_user(generator)[1], second_user(generator)[1]


for function in outer, caller, both:
    seen = set()
    for i in range(3000):
        seen.add(str(function(i)))
    for text in seen:
        print(text)
print({frame.f_lineno - frame.f_code.co_firstlineno for frame in kept}, {frame.f_back.f_lineno - frame.f_back.f_code.co_firstlineno for frame in kept}, {frame.f_code.co_name for frame in kept}, len(kept))

# expect: ([('leaf', 3), ('middle', 1), ('outer', 1)], [('leaf', 3), ('middle', 2), ('outer', 1)])
# expect: (['failing', 'handling', 'caller', True], (7, 2), [('handling', 8), ('caller', 1)])
# expect: ([('walk', 2), ('first_user', 1)], [('walk', 2), ('second_user', 1)])
# expect: {3} {3} {'leaf'} 12
