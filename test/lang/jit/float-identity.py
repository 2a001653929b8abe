# A loop variable that is a raw double has no identity: where `is` asks for one it stays an object.
INF = float('inf')
def best_of(values):
    best = INF
    for v in values:
        if v < best: best = v
    return 'none' if best is INF else best
def same(n):
    a = b = c = 0.0
    for i in range(n):
        a = a + 1.0
        b = a
        c += 2.0
    return a is b, a is c, a is not b
def until(values, missing):
    total, last = 0.0, missing
    for v in values:
        if last is missing: total += 100.0
        last = v
        total += last
    return total
for i in range(300):
    best_of([1.5, 2.5]); same(3); until([1.0, 2.0], INF)
print(best_of([]), best_of([INF]), best_of([3.5, 2.5]))  # expect: none none 2.5
print(same(500))  # expect: (True, False, False)
nan = float('nan')
print(until([1.0, 2.0], nan), until([nan, 2.0], nan), until([1.0] * 3, 1.5))  # expect: 103.0 nan 103.0
x = float('5')
print(until([1.0, x, 2.0, x], x))  # expect: 213.0
