"""Methods of str in small functions that are inlined: what they raise is raised in the function."""
import traceback


def cleaned(text, what):
    return text.strip().replace(what, '-').upper()


def part(text, mark):
    return text[:text.index(mark)]


def run(texts, mark):
    out = []
    for text in texts:
        out.append(cleaned(text, mark))
        out.append(part(text, mark))
    return out


print(run([' a,b ', 'c,d'] * 200, ',')[-2:])  # expect: ['C-D', 'c']
for texts in [['x,y', 'xy'], ['x,y', b'x,y']]:
    for _ in range(30):
        try:
            run(texts, ',')
        except (ValueError, TypeError) as error:
            found = type(error).__name__, str(error), [frame.name for frame in traceback.extract_tb(error.__traceback__)][1:]
    print(found)
# expect: ('ValueError', 'substring not found', ['run', 'part'])
# expect: ('TypeError', "a bytes-like object is required, not 'str'", ['run', 'cleaned'])
print(run(['p,q'] * 100, ',')[-2:])  # expect: ['P-Q', 'p']
