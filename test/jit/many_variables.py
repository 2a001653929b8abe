"""Functions with so many values that these share variables in compiled code: left at each of their places, in loops and behind them, they have the right one in each."""

import sys


def source(count):
    """A function of `count` locals, each of which depends on the ones before; loops in loops, a handler, and values that live across all of it."""
    lines = ["def f(seed, kind, at):"]
    lines += [f"    a{i} = {'seed' if i == 0 else f'a{i - 1} + {i % 5}'}" for i in range(count)]
    lines += ["    seen = []", "    for i in range(6):", "        x = a0 + i"]
    for j in range(count // 4):
        lines += [f"        y{j} = x + a{j * 3 % count} - i", f"        x = y{j} * 3 % 1009"]
        if j % 5 == 2:
            # Where `kind` is other than what the code was compiled for, it is left here.
            lines += [f"        if at == {j}: x = kind(x)"]
        if j % 7 == 3:
            lines += [f"        for k in range(3):", f"            x += k * a{j}", f"            a{j} = x % 97"]
    lines += ["        try:", "            seen.append(1000 // (x % 4))", "        except ZeroDivisionError:", "            seen.append(-i)"]
    lines += ["    total = 0"]
    lines += [f"    total = total * 7 % 100003 + a{i}" for i in range(count)]
    lines += ["    return total, seen, x, " + ", ".join(f"y{j}" for j in range(count // 4))]
    return "\n".join(lines)


class Int(int):
    pass


def half(x):
    return x / 2 * 2


def check(count):
    namespace = {}
    exec(source(count), namespace)
    f = namespace["f"]
    expected = {}
    places = [j for j in range(count // 4) if j % 5 == 2]
    kinds = [int, float, Int, half, lambda x: x + (1 << 70) - (1 << 70)]
    for seed in (3, 11):
        for place in places:
            expected[seed, place] = f(seed, int, place)
    wrong = 0
    for turn in range(120):
        for seed in (3, 11):
            for place in places:
                kind = kinds[0] if turn < 40 else kinds[(turn + place) % len(kinds)]
                # What is a float, or of another class, equals what it was.
                wrong += f(seed, kind, place) != expected[seed, place]
    return wrong


def locals_of(count):
    """The frame of a compiled activation has each value under its name."""
    lines = ["def g(n, look):"] + [f"    a{i} = n + {i}" for i in range(count)]
    lines += ["    for i in range(4):", "        if look: found = look()"] + [f"        a{i} += i" for i in range(0, count, 3)]
    lines += ["    return sum((" + ", ".join(f"a{i}" for i in range(count)) + "))"]
    namespace = {}
    exec("\n".join(lines), namespace)
    g = namespace["g"]
    for n in range(300):
        g(n, None)
    seen = []
    g(5, lambda: seen.append(dict(sys._getframe(1).f_locals)))
    return all(seen[i][f"a{k}"] == 5 + k + (sum(range(i)) if k % 3 == 0 else 0) for i in range(4) for k in range(count))


for count in (12, 40, 90):
    print(count, check(count), locals_of(count))
# expect: 12 0 True
# expect: 40 0 True
# expect: 90 0 True
