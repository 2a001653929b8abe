def count(n=0):
    while True:
        yield n
        n += 1
import itertools
print(list(itertools.islice(count(5), 3)))  # expect: [5, 6, 7]
def take(n, it): return [x for _, x in zip(range(n), it)]
print(take(4, count()))  # expect: [0, 1, 2, 3]
