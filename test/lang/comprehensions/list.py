print([x for x in range(5)], [x for x in range(10) if x % 3 == 0], [(x, y) for x in 'ab' for y in (1, 2)])

# expect: [0, 1, 2, 3, 4] [0, 3, 6, 9] [('a', 1), ('a', 2), ('b', 1), ('b', 2)]
