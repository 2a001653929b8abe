"""Word count over generated text: the words of each page are counted, the counts are added up."""

from collections import Counter

WORDS = "the quick brown fox jumps over a lazy dog while seven serpents guard golden apples at the edge of night".split()
PAGES = 24
PAGE_LENGTH = 6_000


def page(number):
    state = number * 2_654_435_761 % 2**32
    words = []
    for _ in range(PAGE_LENGTH):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        words.append(WORDS[state >> 16 & 15 if state & 64 else (state >> 8) % len(WORDS)])
    return " ".join(words)


def items():
    return range(PAGES)


def work(number):
    return dict(Counter(page(number).split()))


def check(results):
    total = Counter()
    for counts in results:
        total.update(counts)
    assert sum(total.values()) == PAGES * PAGE_LENGTH
    return total


if __name__ == "__main__":
    total = check([work(number) for number in items()])
    for word, count in total.most_common(5):
        print(f"{count:7} {word}")
