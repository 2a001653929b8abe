"""Functions and variables with names that mean something else in JavaScript."""


def throw(arguments, eval, this, new, undefined, NaN):
    var = [arguments, eval, this, new, undefined, NaN]
    for let in var:
        function = let
    return function, var


def arguments(t, b, S, func, frame, stack):
    loop = t + b
    for interpreter in range(3):
        loop += interpreter
    return t, b, S, func, frame, stack, loop


def eval(switch):
    yield switch
    yield from (case for case in range(switch))


class typeof:
    def delete(self, void):
        return void

    def constructor(self, prototype):
        return prototype + 1

    def __proto__(self):
        return 'proto'


def double__underscore(ß, 变量):
    return ß + 变量


void = lambda null, true: null or true

for _ in range(300):
    results = [throw(1, 2, 3, 4, 5, 6), arguments(1, 2, 3, 4, 5, 6), list(eval(3)), double__underscore(1, 2), void(0, 5)]
    instance = typeof()
    results += [instance.delete(1), instance.constructor(2), instance.__proto__()]
print(results)
# expect: [(6, [1, 2, 3, 4, 5, 6]), (1, 2, 3, 4, 5, 6, 6), [3, 0, 1, 2], 3, 5, 1, 3, 'proto']

namespace = {}
WORDS = ('await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in '
         'instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield')
for word in WORDS.split():
    try:
        exec(f'def {word}({word}):\n  return {word}', namespace)
    except SyntaxError:
        continue
    for i in range(300):
        assert namespace[word](i) == i
print(len(namespace) > 20)  # expect: True
