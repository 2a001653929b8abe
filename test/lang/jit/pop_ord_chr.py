"""`list.pop`, `ord` and `chr` in compiled code, and where they raise."""


def popped(items):
    total = 0
    while items:
        total += items.pop()
    return total


for _ in range(60):
    found = popped(list(range(20))), popped([0.5] * 4), popped([1, 2.5])
print(found)  # expect: (190, 2.0, 3.5)


def last(stack):
    try:
        return stack.pop()
    except IndexError as error:
        return str(error)


def several(stacks):
    return [last(stack) for stack in stacks]


for _ in range(60):
    found = several([[1], [], ['a', 'b'], [None], [1.5, 2.5]])
print(found)  # expect: [1, 'pop from empty list', 'b', None, 2.5]


class Stack(list):
    def pop(self):
        return 'own'


print(last(Stack([1])), last({1}), last(bytearray(b'a')))  # expect: own 1 97


def codes(text):
    return [ord(c) for c in text]


def text_of(numbers):
    out = ''
    for n in numbers:
        out += chr(n)
    return out


for _ in range(60):
    found = text_of(codes('añ中😀'))
print(found, codes('az😀'), ascii(text_of([0xDC80])))  # expect: añ中😀 [97, 122, 128512] '\udc80'
for bad in ['ab', '', 5, b'a', b'ab']:
    try:
        print(ord(bad), codes([bad]))
    except TypeError as error:
        print(error)
# expect: ord() expected a character, but string of length 2 found
# expect: ord() expected a character, but string of length 0 found
# expect: ord() expected string of length 1, but int found
# expect: 97 [97]
# expect: ord() expected a character, but string of length 2 found
for bad in [-1, 0x110000, 1.5, 10 ** 30]:
    try:
        text_of([bad])
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
# expect: ValueError chr() arg not in range(0x110000)
# expect: ValueError chr() arg not in range(0x110000)
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: ValueError chr() arg not in range(0x110000)
