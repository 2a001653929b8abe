# Dicts and sets of ints in all sizes, with keys of other kinds that join them and equal them.
class Same:
    def __init__(self, n): self.n = n
    def __hash__(self): return hash(self.n)
    def __eq__(self, other): return self.n == other

def check(size, odd):
    d = {i * 7 - 40: i for i in range(size)}
    for key in range(0, size, 3): del d[key * 7 - 40]
    d.update({i * 7 - 40: -i for i in range(size // 2)})
    if odd is not None: d[odd] = 'odd'
    s = set(d)
    probes = [-40, -33, -33.0, 2**40, True, '-33', (1,), Same(-33), None]
    return len(d), [d.get(p) for p in probes], sum(p in s for p in probes), list(d)[-3:]

for size in (3, 8, 9, 40):
    for odd in (None, 2**40, True, 1.0, 'text', (1,), Same(5)):
        result = check(size, odd)
        print(size, result[:3], [k if not isinstance(k, Same) else 'Same' for k in result[3]])

a, b = set(range(0, 60, 2)), set(range(0, 60, 3))
a.discard(6); b.add(6.0)
print(len(a & b), len(a | b), sorted(a - b)[:4], len(a ^ b), (a & b) <= a, sorted({1, True, 1.0} | {0, False}))
d = dict.fromkeys(range(20))
while len(d) > 3: d.popitem()
d[True] = 'one'; d[2**70] = 'big'
print(d, d[1], d[1.0], {k: v for k, v in d.items() if v})
d = dict.fromkeys(range(100))
for i in range(97): del d[i]
d[500] = 1
for i in range(40): d[i] = i; del d[i]
print(d, list(reversed(d)), copy := d.copy(), 500 in copy)
# expect: 3 (3, [0, 1, 1, None, None, None, None, 1, None], 4) [-33, -26, -40]
# expect: 3 (4, [0, 1, 1, 'odd', None, None, None, 1, None], 5) [-26, -40, 1099511627776]
# expect: 3 (4, [0, 1, 1, None, 'odd', None, None, 1, None], 5) [-26, -40, True]
# expect: 3 (4, [0, 1, 1, None, 'odd', None, None, 1, None], 5) [-26, -40, 1.0]
# expect: 3 (4, [0, 1, 1, None, None, None, None, 1, None], 4) [-26, -40, 'text']
# expect: 3 (4, [0, 1, 1, None, None, None, 'odd', 1, None], 5) [-26, -40, (1,)]
# expect: 3 (4, [0, 1, 1, None, None, None, None, 1, None], 4) [-26, -40, 'Same']
# expect: 8 (7, [0, -1, -1, None, None, None, None, -1, None], 4) [9, -40, -19]
# expect: 8 (8, [0, -1, -1, 'odd', None, None, None, -1, None], 5) [-40, -19, 1099511627776]
# expect: 8 (8, [0, -1, -1, None, 'odd', None, None, -1, None], 5) [-40, -19, True]
# expect: 8 (8, [0, -1, -1, None, 'odd', None, None, -1, None], 5) [-40, -19, 1.0]
# expect: 8 (8, [0, -1, -1, None, None, None, None, -1, None], 4) [-40, -19, 'text']
# expect: 8 (8, [0, -1, -1, None, None, None, 'odd', -1, None], 5) [-40, -19, (1,)]
# expect: 8 (8, [0, -1, -1, None, None, None, None, -1, None], 4) [-40, -19, 'Same']
# expect: 9 (8, [0, -1, -1, None, None, None, None, -1, None], 4) [16, -40, -19]
# expect: 9 (9, [0, -1, -1, 'odd', None, None, None, -1, None], 5) [-40, -19, 1099511627776]
# expect: 9 (9, [0, -1, -1, None, 'odd', None, None, -1, None], 5) [-40, -19, True]
# expect: 9 (9, [0, -1, -1, None, 'odd', None, None, -1, None], 5) [-40, -19, 1.0]
# expect: 9 (9, [0, -1, -1, None, None, None, None, -1, None], 4) [-40, -19, 'text']
# expect: 9 (9, [0, -1, -1, None, None, None, 'odd', -1, None], 5) [-40, -19, (1,)]
# expect: 9 (9, [0, -1, -1, None, None, None, None, -1, None], 4) [-40, -19, 'Same']
# expect: 40 (33, [0, -1, -1, None, None, None, None, -1, None], 4) [44, 65, 86]
# expect: 40 (34, [0, -1, -1, 'odd', None, None, None, -1, None], 5) [65, 86, 1099511627776]
# expect: 40 (34, [0, -1, -1, None, 'odd', None, None, -1, None], 5) [65, 86, True]
# expect: 40 (34, [0, -1, -1, None, 'odd', None, None, -1, None], 5) [65, 86, 1.0]
# expect: 40 (34, [0, -1, -1, None, None, None, None, -1, None], 4) [65, 86, 'text']
# expect: 40 (34, [0, -1, -1, None, None, None, 'odd', -1, None], 5) [65, 86, (1,)]
# expect: 40 (34, [0, -1, -1, None, None, None, None, -1, None], 4) [65, 86, 'Same']
# expect: 9 40 [2, 4, 8, 10] 31 True [0, 1]
# expect: {0: None, 1: 'one', 2: None, 1180591620717411303424: 'big'} one one {1: 'one', 1180591620717411303424: 'big'}
# expect: {97: None, 98: None, 99: None, 500: 1} [500, 99, 98, 97] {97: None, 98: None, 99: None, 500: 1} True
