# A dict that changes while its values are encoded; strings with escapes among plain, narrow and wide characters.
import json
class Odd: pass
def trial(change):
    d = {'a': 1, 'b': Odd(), 'c': 3, 'd': Odd(), 'e': 5}
    calls = []
    def default(o):
        calls.append(o)
        if len(calls) == 1: change(d)
        return f'x{len(calls)}'
    print(json.dumps(d, default=default))
for change in (lambda d: d.update(z=9), lambda d: d.pop('c'), lambda d: d.pop('a'), lambda d: d.clear(), lambda d: d.update(c={1: Odd()})): trial(change)
for piece in ('plain', '"', 'a\n', '\x00\x7f', '\u00e9', '\u20ac', '\U0001f600', 'x' * 9 + '\\', '\u00e9"\u20ac"\u00e9'):
    for text in (piece, piece * 3, 'k' * 40 + piece, piece * 2000):
        for ascii_only in (True, False):
            out = json.dumps([text, {text: text}], ensure_ascii=ascii_only)
            assert json.loads(out) == [text, {text: text}], text
            if len(text) < 30: print(ascii(out))

# expect: {"a": 1, "b": "x1", "c": 3, "d": "x2", "e": 5, "z": 9}
# expect: {"a": 1, "b": "x1", "d": "x2", "e": 5}
# expect: {"a": 1, "b": "x1", "c": 3, "d": "x2", "e": 5}
# expect: {"a": 1, "b": "x1"}
# expect: {"a": 1, "b": "x1", "c": {"1": "x2"}, "d": "x3", "e": 5}
# expect: '["plain", {"plain": "plain"}]'
# expect: '["plain", {"plain": "plain"}]'
# expect: '["plainplainplain", {"plainplainplain": "plainplainplain"}]'
# expect: '["plainplainplain", {"plainplainplain": "plainplainplain"}]'
# expect: '["\\"", {"\\"": "\\""}]'
# expect: '["\\"", {"\\"": "\\""}]'
# expect: '["\\"\\"\\"", {"\\"\\"\\"": "\\"\\"\\""}]'
# expect: '["\\"\\"\\"", {"\\"\\"\\"": "\\"\\"\\""}]'
# expect: '["a\\n", {"a\\n": "a\\n"}]'
# expect: '["a\\n", {"a\\n": "a\\n"}]'
# expect: '["a\\na\\na\\n", {"a\\na\\na\\n": "a\\na\\na\\n"}]'
# expect: '["a\\na\\na\\n", {"a\\na\\na\\n": "a\\na\\na\\n"}]'
# expect: '["\\u0000\\u007f", {"\\u0000\\u007f": "\\u0000\\u007f"}]'
# expect: '["\\u0000\x7f", {"\\u0000\x7f": "\\u0000\x7f"}]'
# expect: '["\\u0000\\u007f\\u0000\\u007f\\u0000\\u007f", {"\\u0000\\u007f\\u0000\\u007f\\u0000\\u007f": "\\u0000\\u007f\\u0000\\u007f\\u0000\\u007f"}]'
# expect: '["\\u0000\x7f\\u0000\x7f\\u0000\x7f", {"\\u0000\x7f\\u0000\x7f\\u0000\x7f": "\\u0000\x7f\\u0000\x7f\\u0000\x7f"}]'
# expect: '["\\u00e9", {"\\u00e9": "\\u00e9"}]'
# expect: '["\xe9", {"\xe9": "\xe9"}]'
# expect: '["\\u00e9\\u00e9\\u00e9", {"\\u00e9\\u00e9\\u00e9": "\\u00e9\\u00e9\\u00e9"}]'
# expect: '["\xe9\xe9\xe9", {"\xe9\xe9\xe9": "\xe9\xe9\xe9"}]'
# expect: '["\\u20ac", {"\\u20ac": "\\u20ac"}]'
# expect: '["\u20ac", {"\u20ac": "\u20ac"}]'
# expect: '["\\u20ac\\u20ac\\u20ac", {"\\u20ac\\u20ac\\u20ac": "\\u20ac\\u20ac\\u20ac"}]'
# expect: '["\u20ac\u20ac\u20ac", {"\u20ac\u20ac\u20ac": "\u20ac\u20ac\u20ac"}]'
# expect: '["\\ud83d\\ude00", {"\\ud83d\\ude00": "\\ud83d\\ude00"}]'
# expect: '["\U0001f600", {"\U0001f600": "\U0001f600"}]'
# expect: '["\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00", {"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00": "\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00"}]'
# expect: '["\U0001f600\U0001f600\U0001f600", {"\U0001f600\U0001f600\U0001f600": "\U0001f600\U0001f600\U0001f600"}]'
# expect: '["xxxxxxxxx\\\\", {"xxxxxxxxx\\\\": "xxxxxxxxx\\\\"}]'
# expect: '["xxxxxxxxx\\\\", {"xxxxxxxxx\\\\": "xxxxxxxxx\\\\"}]'
# expect: '["\\u00e9\\"\\u20ac\\"\\u00e9", {"\\u00e9\\"\\u20ac\\"\\u00e9": "\\u00e9\\"\\u20ac\\"\\u00e9"}]'
# expect: '["\xe9\\"\u20ac\\"\xe9", {"\xe9\\"\u20ac\\"\xe9": "\xe9\\"\u20ac\\"\xe9"}]'
# expect: '["\\u00e9\\"\\u20ac\\"\\u00e9\\u00e9\\"\\u20ac\\"\\u00e9\\u00e9\\"\\u20ac\\"\\u00e9", {"\\u00e9\\"\\u20ac\\"\\u00e9\\u00e9\\"\\u20ac\\"\\u00e9\\u00e9\\"\\u20ac\\"\\u00e9": "\\u00e9\\"\\u20ac\\"\\u00e9\\u00e9\\"\\u20ac\\"\\u00e9\\u00e9\\"\\u20ac\\"\\u00e9"}]'
# expect: '["\xe9\\"\u20ac\\"\xe9\xe9\\"\u20ac\\"\xe9\xe9\\"\u20ac\\"\xe9", {"\xe9\\"\u20ac\\"\xe9\xe9\\"\u20ac\\"\xe9\xe9\\"\u20ac\\"\xe9": "\xe9\\"\u20ac\\"\xe9\xe9\\"\u20ac\\"\xe9\xe9\\"\u20ac\\"\xe9"}]'
