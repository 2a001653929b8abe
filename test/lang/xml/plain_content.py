# What a parser scans in one go, and what it looks at more closely, meet here: pieces of every size, names whose namespace changes, parsers inside of handlers.
import collections
import pyexpat
from xml.etree import ElementTree as ET


def events(document, sizes=(0,), separator=None, **options):
    """The events of a document that comes in pieces; pieces of text are joined. The same for all sizes."""
    results = []
    for size in sizes:
        parser = pyexpat.ParserCreate(None, separator) if separator else pyexpat.ParserCreate()
        for name, value in options.items():
            setattr(parser, name, value)
        seen = []
        add = lambda kind: lambda *args: seen.append((kind, *args, parser.CurrentLineNumber, parser.CurrentColumnNumber, parser.CurrentByteIndex))
        parser.StartElementHandler = add("<")
        parser.EndElementHandler = add(">")
        parser.CommentHandler = add("!")
        parser.CharacterDataHandler = lambda text: seen.append(seen.pop() + text if seen and isinstance(seen[-1], str) else text)
        try:
            step = size or len(document)
            for i in range(0, len(document), step):
                parser.Parse(document[i:i + step])
            parser.Parse("" if isinstance(document, str) else b"", True)
        except pyexpat.ExpatError as error:
            seen.append(str(error))
        if results and seen != results[0]:
            print("differs with", size, seen, results[0])
        results.append(seen)
    return results[0]


SIZES = (0, 1, 2, 3, 7, 30)
print(events('<a>x]y]]z &lt;&amp;&apos;&quot;&gt;<b/>\n</a>', SIZES))  # expect: [('<', 'a', {}, 1, 0, 0), 'x]y]]z <&\'">', ('<', 'b', {}, 1, 35, 35), ('>', 'b', 1, 39, 39), '\n', ('>', 'a', 2, 0, 40)]
print(events("<r><é ü='1'>ß</é>\r\n\r<b c = '2'  d=\"3\" ><!--x--></b ></r>", SIZES))  # expect: [('<', 'r', {}, 1, 0, 0), ('<', 'é', {'ü': '1'}, 1, 3, 3), 'ß', ('>', 'é', 1, 13, 16), '\n\n', ('<', 'b', {'c': '2', 'd': '3'}, 3, 0, 24), ('!', 'x', 3, 19, 43), ('>', 'b', 3, 27, 51), ('>', 'r', 3, 32, 56)]
print(events("<r>\U0001f600<b/>\U0001f600<b/></r>", SIZES)[2:5])  # expect: [('<', 'b', {}, 1, 4, 7), ('>', 'b', 1, 8, 11), '😀']
for wrong in ("<a>]]></a>", "<a><b></a>", "<a><b c='<'/></a>", "<a><b c='1' c='2'/></a>", "<a><b c='1'd='2'/></a>", "<a><b c/></a>", "<a>&b;</a>", "<a>&lt</a>", "<a></b></a>", "<a>\x01</a>",
              "<a><b", "<a><1/></a>", "<a><b c='\ufffe'/></a>", "<a>\ufffe</a>", "<a></a", "<a><b/ ></a>"):
    print(events(wrong, SIZES)[-1][-60:], end="; ")
print()  # expect: not well-formed (invalid token): line 1, column 5; mismatched tag: line 1, column 8; not well-formed (invalid token): line 1, column 9; duplicate attribute: line 1, column 12; not well-formed (invalid token): line 1, column 11; not well-formed (invalid token): line 1, column 7; undefined entity: line 1, column 3; not well-formed (invalid token): line 1, column 6; mismatched tag: line 1, column 5; not well-formed (invalid token): line 1, column 3; unclosed token: line 1, column 3; not well-formed (invalid token): line 1, column 4; not well-formed (invalid token): line 1, column 9; not well-formed (invalid token): line 1, column 3; unclosed token: line 1, column 3; not well-formed (invalid token): line 1, column 6; 

# The same names in other namespaces, and back.
spaces = '<p:a xmlns:p="u" b="1" p:b="2"><p:a xmlns:p="v" p:b="3"><p:a/><a xmlns="w"><a/></a></p:a><p:a p:b="4"/><a/></p:a>'
for options in ({}, {"separator": " "}, {"separator": "}"}, {"separator": " ", "namespace_prefixes": True}):
    print([event[1:-3] for event in events(spaces, (0, 5), **options) if event[0] == "<"])
# expect: [('p:a', {'xmlns:p': 'u', 'b': '1', 'p:b': '2'}), ('p:a', {'xmlns:p': 'v', 'p:b': '3'}), ('p:a', {}), ('a', {'xmlns': 'w'}), ('a', {}), ('p:a', {'p:b': '4'}), ('a', {})]
# expect: [('u a', {'b': '1', 'u b': '2'}), ('v a', {'v b': '3'}), ('v a', {}), ('w a', {}), ('w a', {}), ('u a', {'u b': '4'}), ('a', {})]
# expect: [('u}a', {'b': '1', 'u}b': '2'}), ('v}a', {'v}b': '3'}), ('v}a', {}), ('w}a', {}), ('w}a', {}), ('u}a', {'u}b': '4'}), ('a', {})]
# expect: [('u a p', {'b': '1', 'u b p': '2'}), ('v a p', {'v b p': '3'}), ('v a p', {}), ('w a', {}), ('w a', {}), ('u a p', {'u b p': '4'}), ('a', {})]
print([element.tag for element in ET.fromstring(spaces).iter()])  # expect: ['{u}a', '{v}a', '{v}a', '{w}a', '{w}a', '{u}a', 'a']
print(events('<a xmlns:p="u" xmlns:q="u"><b p:c="1" q:c="2"/></a>', separator=" ")[-1], events("<a><q:b/></a>", separator=" ")[-1])  # expect: duplicate attribute: line 1, column 27 unbound prefix: line 1, column 3

# More than is scanned at once, with tags across every border.
parts = [f'<item number="{i}" kind="k{i % 7}">text {i} &amp; more\n</item>' + "<!--c-->" * (i % 3 == 0) for i in range(3000)]
large = "<root>" + "".join(parts) + "</root>"
print(len(large), events(large, (0, 1000, 16384, 99991))[-4:])  # expect: 179793 [('<', 'item', {'number': '2999', 'kind': 'k3'}, 3000, 7, 179728), 'text 2999 & more\n', ('>', 'item', 3001, 0, 179779), ('>', 'root', 3001, 7, 179786)]
tree = ET.fromstring(large)
print(len(tree), tree[2999].attrib, repr(tree[2999].text), ET.tostring(tree, encoding="unicode") == large.replace("<!--c-->", ""))  # expect: 3000 {'number': '2999', 'kind': 'k3'} 'text 2999 & more\n' True

# A mark at the beginning takes a column; a lone surrogate has no bytes.
print(events("\ufeff<a><b/>")[-2:], events("\ufeff<a><b/>".encode("utf-16"))[-2:])  # expect: [('>', 'b', 1, 8, 10), 'no element found: line 1, column 8'] ['not well-formed (invalid token): line 1, column 1']
for feed in (ET.fromstring, lambda text: pyexpat.ParserCreate().Parse(text, True)):
    try:
        feed("<a>\ud800</a>")
    except UnicodeEncodeError as error:
        print(error)
# expect: 'utf-8' codec can't encode character '\ud800' in position 3: surrogates not allowed
# expect: 'utf-8' codec can't encode character '\ud800' in position 3: surrogates not allowed

# A parser inside of a handler of another, and handlers that change while text is scanned.
log = []
outer = pyexpat.ParserCreate()


def start(name, attributes):
    log.append(name)
    log.append(ET.fromstring("<inner>" + "<x y='1'>&lt;</x>" * 3 + "</inner>")[2].text)
    if name == "c":
        outer.StartElementHandler = None
        outer.EndElementHandler = log.append
        outer.DefaultHandler = log.append


outer.StartElementHandler = start
outer.Parse("<a><b/><c/><d e='1'>t&amp;</d></a>", True)
print(log)  # expect: ['a', '<', 'b', '<', 'c', '<', 'c', "<d e='1'>", 't', '&amp;', 'd', 'a']


def failing(name, attributes):
    if name == "b":
        raise KeyError(name)
    log.append(name)


log.clear()
outer = pyexpat.ParserCreate()
outer.StartElementHandler = failing
try:
    outer.Parse("<a><c/><b/><d/></a>", True)
except KeyError as error:
    print(repr(error), log)  # expect: KeyError('b') ['a', 'c']


# Queues of events: builtin ones, and others.
class Upside(collections.deque):
    def append(self, event):
        self.appendleft(event)


class Queue:
    def __init__(self):
        self.got = []

    def append(self, event):
        self.got.append(event)

    def __iter__(self):
        return iter(self.got)


for queue in ([], collections.deque(), collections.deque(maxlen=2), Upside(), Queue()):
    parser = ET.XMLParser(target=ET.TreeBuilder())
    parser._setevents(queue, ("start", "end", "start-ns"))
    parser.feed("<a xmlns='u'><b/></a>")
    print([(kind, getattr(what, "tag", what)) for kind, what in queue])
# expect: [('start-ns', ('', 'u')), ('start', '{u}a'), ('start', '{u}b'), ('end', '{u}b'), ('end', '{u}a')]
# expect: [('start-ns', ('', 'u')), ('start', '{u}a'), ('start', '{u}b'), ('end', '{u}b'), ('end', '{u}a')]
# expect: [('end', '{u}b'), ('end', '{u}a')]
# expect: [('end', '{u}a'), ('end', '{u}b'), ('start', '{u}b'), ('start', '{u}a'), ('start-ns', ('', 'u'))]
# expect: [('start-ns', ('', 'u')), ('start', '{u}a'), ('start', '{u}b'), ('end', '{u}b'), ('end', '{u}a')]


# A reader of pieces that are not bytes any more ends the document.
class Pieces:
    def __init__(self, *pieces):
        self.pieces = list(pieces)

    def read(self, size):
        return self.pieces.pop(0)


print(ET.XMLParser()._parse_whole(Pieces("<a>", "x", "</a>", "")).text, ET.XMLParser()._parse_whole(Pieces(b"<a>", b"x</a>", None)).text)  # expect: x x
try:
    ET.parse(Pieces("<a>\n\ud800</a>", ""))
except ET.ParseError as error:
    print(error)  # expect: not well-formed (invalid token): line 2, column 0
