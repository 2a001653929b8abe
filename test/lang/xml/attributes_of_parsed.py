# Attributes of parsed elements: looked at, made a dict, changed, copied, with namespaces, and many.
from xml.etree import ElementTree as ET
import copy, pickle
doc = '<r a="1" xmlns:p="u" p:b="2" b="3"><e/><e x=""/><m ' + ' '.join(f'k{i}="{i}"' for i in range(12)) + '/></r>'
root = ET.fromstring(doc)
print(root.get('a'), root.get('{u}b'), root.get('b'), root.get('c'), root.get('c', 'd'), root.get(1, 'one'), root.items(), root.keys())
twin, deep = copy.copy(root), copy.deepcopy(root)
print(root.attrib, root.attrib is root.attrib, root.items(), root.get('b'))
root.set('c', '4'); root.attrib['a'] = None; del root.attrib['b']
print(root.items(), root.get('a', 'fallback'), root.get('b', 'gone'), root.get('c'), twin.attrib, deep.items())
first, second, many = root
print(first.items(), first.keys(), first.get('x', 0), first.attrib, second.get('x', 'y'), second.items(), len(many.keys()), many.get('k11'), many.attrib['k7'])
second.set('y', 'z'); print(second.attrib, ET.tostring(second), pickle.loads(pickle.dumps(many)).attrib == many.attrib)
class Kept(ET.Element): pass
parser = ET.XMLParser(target=ET.TreeBuilder(element_factory=lambda tag, attrib: Kept(tag, attrib)))
parser.feed(doc); made = parser.close()
print(type(made).__name__, made.attrib, [child.attrib.get('k3') for child in made], [e.get('x') for e in ET.fromstring(doc).findall("e[@x]")])
class Target:
    def start(self, tag, attrs): print(tag, type(attrs).__name__, attrs)
    def end(self, tag): pass
    def close(self): return 'closed'
parser = ET.XMLParser(target=Target()); parser.feed('<a x="1"><b/></a>'); print(parser.close())

# expect: 1 2 3 None d one [('a', '1'), ('{u}b', '2'), ('b', '3')] ['a', '{u}b', 'b']
# expect: {'a': '1', '{u}b': '2', 'b': '3'} True [('a', '1'), ('{u}b', '2'), ('b', '3')] 3
# expect: [('a', None), ('{u}b', '2'), ('c', '4')] None gone 4 {'a': None, '{u}b': '2', 'c': '4'} [('a', '1'), ('{u}b', '2'), ('b', '3')]
# expect: [] [] 0 {}  [('x', '')] 12 11 7
# expect: {'x': '', 'y': 'z'} b'<e x="" y="z" />' True
# expect: Kept {'a': '1', '{u}b': '2', 'b': '3'} [None, None, '3'] ['']
# expect: a dict {'x': '1'}
# expect: b dict {}
# expect: closed
