# A condition that a class attribute makes constant: what is called behind it is left out, and so is all that looks for who has called.
import random


class Item:
    careful = True

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        if Item.careful and random.random() < -1:
            raise RuntimeError
        return self.value < other.value


def rising(items):
    count = 0
    for i in range(len(items) - 1):
        if items[i] < items[i + 1]:
            count += 1
    return count


items = [Item(i) for i in range(200)]
for _ in range(6):
    Item.careful = not Item.careful
    for _ in range(30):
        least, count = sorted(items)[0].value, rising(items)
    print(Item.careful, least, count)
# expect: False 0 199
# expect: True 0 199
# expect: False 0 199
# expect: True 0 199
# expect: False 0 199
# expect: True 0 199
