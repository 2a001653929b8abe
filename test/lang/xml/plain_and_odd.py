# Tags, attributes and text that need no closer look, beside those that do; whole and in pieces of one byte.
from xml.etree import ElementTree as ET

DOCUMENT = """<r a="1" b='x "y"' c="t\tn\nz" d="&lt;&amp;&#65;" é="ü">plain<e/>tail ]] > &gt; x\ttab
<ns:p xmlns:ns="u" xmlns="v" ns:k="1" k="2"><q ns:k="3"/></ns:p >
<longer></longer
></r>"""


def shown(element):
    return (element.tag, sorted(element.attrib.items()), element.text, element.tail, [shown(child) for child in element])


whole = shown(ET.fromstring(DOCUMENT))
print(whole[0], whole[1])  # expect: r [('a', '1'), ('b', 'x "y"'), ('c', 't n z'), ('d', '<&A'), ('é', 'ü')]
print(whole[2:4], whole[4][0])  # expect: ('plain', None) ('e', [], None, 'tail ]] > > x\ttab\n', [])
print(whole[4][1])  # expect: ('{u}p', [('k', '2'), ('{u}k', '1')], None, '\n', [('{v}q', [('{u}k', '3')], None, None, [])])
print(whole[4][2])  # expect: ('longer', [], None, None, [])

parser = ET.XMLPullParser(["start", "end"])
for byte in DOCUMENT.encode():
    parser.feed(bytes([byte]))
parser.close()
events = list(parser.read_events())
print(shown(events[0][1]) == whole, len(events))  # expect: True 10

for text in ("<a></b>", "<a></ab>", "<ab></a>", "<a b='1' b='2'/>", "<a b='<'/>", "<a>]]></a>", "<a>\x01</a>", "<a b='\x01'/>", "<a b='&x;'/>", "<a:b/>", "<a", "<é></é", "</a>"):
    try:
        ET.fromstring(text)
    except ET.ParseError as error:
        print(ascii(text), error)
# expect: '<a></b>' mismatched tag: line 1, column 5
# expect: '<a></ab>' mismatched tag: line 1, column 5
# expect: '<ab></a>' mismatched tag: line 1, column 6
# expect: "<a b='1' b='2'/>" duplicate attribute: line 1, column 9
# expect: "<a b='<'/>" not well-formed (invalid token): line 1, column 6
# expect: '<a>]]></a>' not well-formed (invalid token): line 1, column 5
# expect: '<a>\x01</a>' not well-formed (invalid token): line 1, column 3
# expect: "<a b='\x01'/>" not well-formed (invalid token): line 1, column 6
# expect: "<a b='&x;'/>" undefined entity: line 1, column 0
# expect: '<a:b/>' unbound prefix: line 1, column 0
# expect: '<a' unclosed token: line 1, column 0
# expect: '<\xe9></\xe9' unclosed token: line 1, column 3
# expect: '</a>' not well-formed (invalid token): line 1, column 1

# Names that look alike to the cache of names.
print([e.tag for e in ET.fromstring("<abc><adc/><abc/><acbc/><abbc/></abc>").iter()])  # expect: ['abc', 'adc', 'abc', 'acbc', 'abbc']

# Children that come and go, while somebody goes through them, too.
root = ET.Element("root")
print(len(root), list(root), root[:], root.items(), root.keys())  # expect: 0 [] [] [] []
other = ET.Element("other")
for i in range(6):
    root.append(ET.Element(f"c{i}"))
print(len(other), [e.tag for e in root])  # expect: 0 ['c0', 'c1', 'c2', 'c3', 'c4', 'c5']
seen = []
for child in root:
    seen.append(child.tag)
    if child.tag == "c1":
        root.remove(child)
    if child.tag == "c4":
        root.append(ET.Element("new"))
print(seen)  # expect: ['c0', 'c1', 'c3', 'c4', 'c5', 'new']
other[:] = [root[0]]
other.insert(0, root[1])
empty = ET.Element("empty")
empty[0:0] = []
print([e.tag for e in other], len(empty), len(ET.Element("e")))  # expect: ['c2', 'c0'] 0 0
root.clear()
root.extend([other])
print([e.tag for e in root.iter()], [e.tag for e in root.iter("c0")])  # expect: ['root', 'other', 'c2', 'c0'] ['c0']


class Named(ET.Element):
    def __getitem__(self, index):
        if index == 2:
            raise StopIteration
        return index


print(list(Named("n")))  # expect: [0, 1]
