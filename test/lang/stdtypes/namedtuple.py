from collections import namedtuple
P = namedtuple('P', 'x y', defaults=[9])
p = P(1)
print(p, p.x, p[1], p._replace(x=5), p._asdict(), P._fields, p == (1, 9))  # expect: P(x=1, y=9) 1 9 P(x=5, y=9) {'x': 1, 'y': 9} ('x', 'y') True
