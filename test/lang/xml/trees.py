import xml.etree.ElementTree as ET, xml.dom.minidom, xml.sax, plistlib
root = ET.fromstring('<?xml version="1.0"?><r xmlns:p="urn:p"><p:a k="v">t&#228;xt</p:a><b/>tail</r>')
print(root.tag, [child.tag for child in root], root[0].text, root[1].tail, root[0].attrib)  # expect: r ['{urn:p}a', 'b'] täxt tail {'k': 'v'}
print(ET.tostring(root, encoding='unicode'))  # expect: <r xmlns:ns0="urn:p"><ns0:a k="v">täxt</ns0:a><b />tail</r>
print(root.find('b'), [e.tag for e in root.iter()][2]) if root.find('c') is not None else print(root.find('c'))  # expect: None
try:
    ET.fromstring('<a><b></a>')
except ET.ParseError as error:
    print(error, error.position)  # expect: mismatched tag: line 1, column 8 (1, 8)
print(xml.dom.minidom.parseString('<a><!--c--><b x="1"/></a>').documentElement.toxml())  # expect: <a><!--c--><b x="1"/></a>
class Counter(xml.sax.ContentHandler):
    names = []
    def startElement(self, name, attrs):
        self.names.append((name, dict(attrs)))
xml.sax.parseString(b'<a><b x="1"/></a>', Counter())
print(Counter.names)  # expect: [('a', {}), ('b', {'x': '1'})]
print(plistlib.loads(plistlib.dumps({'k': [1, 2.5, True, b'x']})))  # expect: {'k': [1, 2.5, True, b'x']}
