"""Functions and variables whose names mean something in JavaScript, called until they are compiled."""


def delete(new, this):
    var = new + this
    return var


def function(arguments, eval):
    typeof = arguments * eval
    return typeof


def let(static=1):
    default = [static for static in range(static)]
    return len(default)


class void:
    def switch(self, t, func, S, b, stack, frame):
        return t + func + S + b + stack + frame


total = 0
for interface in range(500):
    total += delete(interface, 1) + function(interface, 2) + let(3) + void().switch(1, 2, 3, 4, 5, 6)
print(total)  # expect: 386750
