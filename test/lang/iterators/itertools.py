import itertools as I
print(list(I.chain('ab', [1])), list(I.islice(I.count(1, 2), 3)), list(I.product('ab', repeat=2))[:3], list(I.combinations([1, 2, 3], 2)), list(I.accumulate([1, 2, 3])), [(k, list(g)) for k, g in I.groupby('aab')])
print(list(I.zip_longest([1], 'ab')), list(I.takewhile(lambda x: x < 2, [1, 2, 1])), list(I.pairwise('abc')), list(I.batched('abcde', 2)))

# expect: ['a', 'b', 1] [1, 3, 5] [('a', 'a'), ('a', 'b'), ('b', 'a')] [(1, 2), (1, 3), (2, 3)] [1, 3, 6] [('a', ['a', 'a']), ('b', ['b'])]
# expect: [(1, 'a'), (None, 'b')] [1] [('a', 'b'), ('b', 'c')] [('a', 'b'), ('c', 'd'), ('e',)]
