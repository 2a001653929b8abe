import pyexpat
parser = pyexpat.ParserCreate()
parser.buffer_text = True
events = []
parser.StartElementHandler = lambda name, attrs: events.append((name, attrs, parser.CurrentLineNumber, parser.CurrentColumnNumber))
parser.EndElementHandler = lambda name: events.append('/' + name)
parser.CharacterDataHandler = events.append
for piece in ('<a x="1"', '>te', 'xt&am', 'p;\n <b/>', '</a>'):
    parser.Parse(piece)
print(parser.Parse('', True), events)  # expect: 1 [('a', {'x': '1'}, 1, 0), 'text', '&\n ', ('b', {}, 2, 1), '/b', '/a']
try:
    pyexpat.ParserCreate().Parse('<a>\n</b>', True)
except pyexpat.ExpatError as error:
    print(error, error.code, error.lineno, error.offset)  # expect: mismatched tag: line 2, column 2 7 2 2
def failing(name, attrs):
    raise KeyError(name)
parser = pyexpat.ParserCreate()
parser.StartElementHandler = failing
try:
    parser.Parse('<a><b/></a>', True)
except KeyError as error:
    print(repr(error))  # expect: KeyError('a')
print(pyexpat.ErrorString(3), pyexpat.errors.codes['no element found'])  # expect: no element found 3
