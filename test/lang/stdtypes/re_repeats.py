# Repeats that need not give characters back, and those that must; searches that look for a first character.
import re


def spans(pattern, text, flags=0):
    return [(m.span(), m.groups(), m.lastindex) for m in re.finditer(pattern, text, flags)]


print(spans(r"(\w+)=(\w*)", "a=1&b=&=c&dd=22"))  # expect: [((0, 3), ('a', '1'), 2), ((4, 6), ('b', ''), 2), ((10, 15), ('dd', '22'), 2)]
print(spans(r"(\w+)a(\w*)", "bananas aa a"))  # expect: [((0, 7), ('banan', 's'), 2), ((8, 10), ('a', ''), 2)]
print(spans(r"([^x]*)x|(y+)", "aax yy x"))  # expect: [((0, 3), ('aa', None), 1), ((3, 8), (' yy ', None), 1)]
print(spans(r"\d+\b", "12a 34"), spans(r"\d+$", "12\n34\n"), spans(r"(a+)+b", "aaab aab b"))
# expect: [((4, 6), (), None)] [((3, 5), (), None)] [((0, 4), ('aaa',), 1), ((5, 8), ('aa',), 1)]
print(re.fullmatch(r"a+|ab", "ab"), re.fullmatch(r"(a+)(?:b)?", "aab").groups(), re.fullmatch(r"(?:a|ab)(?:c|bcd)*", "abcd").span())
# expect: <re.Match object; span=(0, 2), match='ab'> ('aa',) (0, 4)
print(spans(r"(?>a+)b", "aab"), spans(r"(?=(a+))a*b\1", "aaab aabaa"), spans(r"(?<!\d)\d{2}(?!\d)", "1 22 333 44"))
# expect: [((0, 3), (), None)] [((5, 10), ('aa',), 1)] [((2, 4), (), None), ((9, 11), (), None)]
print(spans(r"x*", "axb"), spans(r"x*y?", "yx"), spans(r"(?:x|)", "xa"))
# expect: [((0, 0), (), None), ((1, 2), (), None), ((2, 2), (), None), ((3, 3), (), None)] [((0, 1), (), None), ((1, 2), (), None), ((2, 2), (), None)] [((0, 1), (), None), ((1, 1), (), None), ((2, 2), (), None)]
print(spans("[é-ü]+|€", "aéü€😀ÉÜ", re.I), spans("k", "\u212akK", re.I), spans("ſ", "sSſ", re.I))
# expect: [((1, 3), (), None), ((3, 4), (), None), ((5, 7), (), None)] [((0, 1), (), None), ((1, 2), (), None), ((2, 3), (), None)] [((0, 1), (), None), ((1, 2), (), None), ((2, 3), (), None)]
print(spans("[^a]", "a😀a"), spans(".", "\n😀"), spans(r"\b\w", "é ab"), spans(r"^b|c$", "abc\nbc", re.M))
# expect: [((1, 2), (), None)] [((1, 2), (), None)] [((0, 1), (), None), ((2, 3), (), None)] [((2, 3), (), None), ((4, 5), (), None), ((5, 6), (), None)]
print(spans(r"(a)?b", "b ab"), spans(r"(?:(a)|b)*c", "abc bac"), spans(r"(a(b)?)+?c", "aabc"))
# expect: [((0, 1), (None,), None), ((2, 4), ('a',), 1)] [((0, 3), ('a',), 1), ((4, 7), ('a',), 1)] [((0, 4), ('ab', 'b'), 1)]
pattern = re.compile(r"\s*(\w+)")
print(pattern.match("  ab", 1).span(1), pattern.search("  ab", 0, 3).span(), pattern.search("  ", 0), pattern.match("x", 5))
# expect: (2, 4) (0, 3) None None
print(re.search(b"[\x80-\xff]+", b"a\x80\xffb").span(), re.search(b"(?i)B+", b"abB").span(), re.split(r"[\s,]+", "a, b,,c d"))
# expect: (1, 3) (1, 3) ['a', 'b', 'c', 'd']
found = re.match(r"(a)(b)?", "a")
print(found.group(), found.group(1), found.group(0, 1, 2), found.group(True), found.groups("z"), found.regs)
# expect: a a ('a', 'a', None) a ('a', 'z') ((0, 1), (0, 1), (-1, -1))
for key in (3, -1, "x", 1.0):
    try:
        found.group(key)
    except IndexError as error:
        print(error)
# expect: no such group
# expect: no such group
# expect: no such group
# expect: no such group

# A condition within the group that it asks for: the group that has begun anew behind its last end has not matched.
for text in ("abce", "dabce", "acdbde", "abe"):
    match = re.search(r"(?:[ab]((?(1)c|d)?){2})*e", text)
    print(match.regs)
# expect: ((0, 4), (2, 3))
# expect: ((1, 5), (3, 4))
# expect: ((3, 6), (5, 5))
# expect: ((0, 3), (2, 2))
