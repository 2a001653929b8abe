# A condition that a class attribute makes constant: what is called behind it is left out, and so is all that looks for who has called.
class Item:
    careful = True

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        if Item.careful and len([self, other]) > id(self):
            raise RuntimeError
        return self.value < other.value


def rising(items):
    return sum([items[i] < items[i + 1] for i in range(len(items) - 1)])


items = [Item(i) for i in range(100)]
for _ in range(4):
    Item.careful = not Item.careful
    for _ in range(40):
        found = rising(items), sorted(items)[0].value
    print(Item.careful, found)
# expect: False (99, 0)
# expect: True (99, 0)
# expect: False (99, 0)
# expect: True (99, 0)
