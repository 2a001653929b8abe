import operator as op
print(op.add(1, 2), op.itemgetter(1)('abc'), op.attrgetter('real')(5), op.methodcaller('upper')('x'), op.contains([1], 1))  # expect: 3 b 5 X True
