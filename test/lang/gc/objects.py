# gc.get_objects finds what lives, gc.get_referrers what refers to it.
import gc


class Node:
    def __init__(self, next=None):
        self.next = next


def outer():
    hidden = Node()

    def inner():
        return hidden

    return inner


keep = outer()
loop = []
loop.append(loop)
gc.collect()
objects = gc.get_objects()
print(any(entry is loop for entry in objects))  # expect: True
print(any(entry is keep for entry in objects))  # expect: True
print(sum(type(entry) is Node for entry in objects))  # expect: 1
print(any(entry is Node for entry in objects), any(entry is int for entry in objects))  # expect: True False
del objects

first = Node()
second = Node(first)
listing = [first, 1]
print(any(entry is listing for entry in gc.get_referrers(first)))  # expect: True
print(any(entry is keep for entry in gc.get_referrers(keep.__code__)))  # expect: True
print(any(entry is globals() for entry in gc.get_referrers(listing)))  # expect: True
for wrong in (-2, 3, "x"):
    try:
        gc.get_objects(wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
# expect: ValueError generation parameter cannot be negative
# expect: ValueError generation parameter must be less than the number of available generations (3)
# expect: TypeError argument should be integer or None, not 'str'
print(gc.is_tracked(Node), gc.is_tracked(int), gc.is_tracked(object()), gc.is_tracked(Node()))  # expect: True False False True
