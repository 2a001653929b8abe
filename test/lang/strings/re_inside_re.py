import re

# Matching inside of a replacement, of the same pattern and of others; states that end by an exception are used again.
word = re.compile(r"(\w)(\w*)")
print(word.sub(lambda m: word.sub(lambda n: n[2] + n[1], m[0]) + re.sub("(o)|x", r"<\1>", m[2]), "two fox rows"))  # expect: wotw<o> oxf<o><> owsr<o>ws

def fail(match):
    if match.start() > 3:
        raise ValueError(match.group(1, 2))
    return match.expand(r"\2\1")

try:
    word.sub(fail, "ab cd ef")
except ValueError as e:
    print(e)
# expect: ('e', 'f')
print(word.findall("x yz"), word.fullmatch("xyz").groups(), re.match("(a)|(b)|c", "c").groups("-"))
# expect: [('x', ''), ('y', 'z')] ('x', 'yz') ('-', '-')
outer = re.finditer("a(.)?", "abacad")
inner = [m.span() for _ in range(2) for m in re.finditer("c|d", "abacad")]
print(inner, [(m.start(1), m.end()) for m in outer], re.search("(b)?(c)?$", "b").regs)
# expect: [(3, 4), (5, 6), (3, 4), (5, 6)] [(1, 2), (3, 4), (5, 6)] ((0, 1), (0, 1), (-1, -1))
print(re.split("([,\U0001f600])", "a,b\U0001f600c"), re.search("ö+", "Röööm").span(), re.search(b"\\x00", b"ab\0").end())
# expect: ['a', ',', 'b', '😀', 'c'] (1, 4) 3
