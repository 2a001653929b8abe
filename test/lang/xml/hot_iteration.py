# Loops over elements that run often: changes on the way, comments, and tags that are no strs.
from xml.etree.ElementTree import Comment, Element, SubElement


class Name(str):
    def __eq__(self, other):
        seen.append(other)
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def children(element):
    return [child.tag for child in element]


def count(element, tag):
    n = 0
    for _ in element.iter(tag):
        n += 1
    return n


def growing(element):
    n = 0
    for child in element:
        n += 1
        if n == 2:
            SubElement(element, "late")
        if n == 3:
            element.remove(child)
    return n, children(element)


root = Element("a")
for i in range(6):
    SubElement(SubElement(root, "b" if i % 2 else "c"), "b").append(Comment("x"))
for _ in range(3000):
    tags = children(root)
    found = count(root, "b"), count(root, None), count(root, "*"), count(root, "d"), count(root, Comment)
print(tags, found)
# expect: ['c', 'b', 'c', 'b', 'c', 'b'] (9, 19, 19, 0, 6)
seen = []
SubElement(root, Name("b"))
print(count(root, "b"), [type(tag).__name__ for tag in seen[:3]], count(root, Name("b")), len(seen))
# expect: 10 ['str'] 10 21
for _ in range(2000):
    small = Element("s")
    small.extend([Element("x"), Element("y"), Element("z")])
    result = growing(small)
print(result)
# expect: (3, ['x', 'y', 'late'])
deep = Element("top")
walk = deep.iter()
print(next(walk).tag, [SubElement(deep, "n").tag for _ in range(2)], [element.tag for element in walk], next(walk, "end"))
# expect: top ['n', 'n'] ['n', 'n'] end
