import copy, pickle
import xml.etree.ElementTree as ET
root = ET.Element('r', {'a': '1'}, b='2')
child = ET.SubElement(root, 'c', x='y')
child.text, child.tail = 'text', 'tail'
root.extend([ET.Element('d'), ET.Comment('note')])
print(len(root), root.attrib, root.get('z', 'none'), root[0].items(), [e.tag for e in root[:2]])  # expect: 3 {'a': '1', 'b': '2'} none [('x', 'y')] ['c', 'd']
print(ET.tostring(root, 'unicode'))  # expect: <r a="1" b="2"><c x="y">text</c>tail<d /><!--note--></r>
print(list(root.itertext()), root.findtext('c'), root.find('.//d') is root[1], root.findall('e'))  # expect: ['text', 'tail'] text True []
twin = copy.deepcopy(root)
print(twin[0] is child, copy.copy(root)[0] is child, ET.tostring(pickle.loads(pickle.dumps(root))) == ET.tostring(root))  # expect: False True True
for action in (lambda: root.append('x'), lambda: root[9], lambda: root.remove(ET.Element('q')), lambda: ET.Element('a', 3), lambda: root['x']):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
parser = ET.XMLPullParser(['start', 'end', 'start-ns'])
parser.feed('<a xmlns="u"><b')
parser.feed('/></a>')
print([(event, getattr(item, 'tag', item)) for event, item in parser.read_events()])
class Target:
    def start(self, tag, attrs):
        print('start', tag, attrs)
    def data(self, text):
        print('data', text)
    def close(self):
        return 'closed'
parser = ET.XMLParser(target=Target())
parser.entity['known'] = 'entity'
parser.feed('<!DOCTYPE a SYSTEM "x"><a k="v">&known;</a>')
print(parser.close())
# expect: TypeError append() argument 1 must be xml.etree.ElementTree.Element, not str
# expect: IndexError child index out of range
# expect: ValueError Element.remove(x): element not found
# expect: TypeError Element() argument 2 must be dict, not int
# expect: TypeError element indices must be integers
# expect: [('start-ns', ('', 'u')), ('start', '{u}a'), ('start', '{u}b'), ('end', '{u}b'), ('end', '{u}a')]
# expect: start a {'k': 'v'}
# expect: data entity
# expect: closed
