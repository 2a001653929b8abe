# json writes into memory of its own: escapes, wide characters, nesting, errors in between, encoders inside encoders.
import json

print(json.dumps(["a\"\\\n\x7f\x80é€😀\ud800", 1, -2.5, None, True, [], {}, 10**30]))
# expect: ["a\"\\\n\u007f\u0080\u00e9\u20ac\ud83d\ude00\ud800", 1, -2.5, null, true, [], {}, 1000000000000000000000000000000]
print(ascii(json.dumps({"é": "€\x1f\x7f", "b": "\ud800"}, ensure_ascii=False)))  # expect: '{"\xe9": "\u20ac\\u001f\x7f", "b": "\ud800"}'
print(json.dumps({"b": {}, "a": [1, [2, {}]], 3: ()}, indent=1).replace("\n", "|"))  # expect: {| "b": {},| "a": [|  1,|  [|   2,|   {}|  ]| ],| "3": []|}
print(json.dumps({(1,): 2}, skipkeys=True), json.dumps({(1,): 2, "x": 1, (2,): 3}, skipkeys=True))  # expect: {} {"x": 1}


def default(value):
    return {"inner": json.dumps({"v": [value.real]}), "z": "ü"}


print(json.dumps([1j, "after", {"k": 2j}], default=default, ensure_ascii=False))
# expect: [{"inner": "{\"v\": [0.0]}", "z": "ü"}, "after", {"k": {"inner": "{\"v\": [0.0]}", "z": "ü"}}]
try:
    json.dumps({"a": [1, {"b": {1, 2}}]})
except TypeError as error:
    print(error, error.__notes__)
# expect: Object of type set is not JSON serializable ["when serializing dict item 'b'", 'when serializing list item 1', "when serializing dict item 'a'"]
loop = []
inner = loop
for _ in range(100):
    inner.append([])
    inner = inner[0]
print(json.dumps(loop) == "[" * 101 + "]" * 101, json.dumps([inner, inner, [inner]]))  # expect: True [[], [], [[]]]
inner.append(loop[0])
try:
    json.dumps(loop)
except ValueError as error:
    print(error)  # expect: Circular reference detected
inner.clear()
print(len(json.dumps([loop, loop])))  # expect: 408

# Reading: keys with escapes and control characters, numbers of all kinds, nested containers.
print(json.loads(r'[{"a\"b": 1, "a\\": 2, "a\u0062": 3}, {"ab": 4, "a\"b": 5}]'))  # expect: [{'a"b': 1, 'a\\': 2, 'ab': 3}, {'ab': 4, 'a"b': 5}]
print(json.loads('{"k\tk": 1}', strict=False))  # expect: {'k\tk': 1}
try:
    json.loads('{"k\tk": 1}')
except json.JSONDecodeError as error:
    print(error)  # expect: Invalid control character at: line 1 column 4 (char 3)
print(json.loads("[0, -0, 0.0, -0.0, 1e5, 1E+2, 2e-3, -1.5e1, 123456789012345, 1234567890123456, 12345678901234567890]"))
# expect: [0, 0, 0.0, -0.0, 100000.0, 100.0, 0.002, -15.0, 123456789012345, 1234567890123456, 12345678901234567890]
for text in ("[01]", "[1.]", "[1e]", "[-]", "[.5]", "[1.e5]", '{"a" 1}', '{"a": 1,}', "[1,]", '{"', '{"a', "[1 2]"):
    try:
        print(json.loads(text))
    except json.JSONDecodeError as error:
        print(text, error)
# expect: [01] Expecting ',' delimiter: line 1 column 3 (char 2)
# expect: [1.] Expecting ',' delimiter: line 1 column 3 (char 2)
# expect: [1e] Expecting ',' delimiter: line 1 column 3 (char 2)
# expect: [-] Expecting value: line 1 column 2 (char 1)
# expect: [.5] Expecting value: line 1 column 2 (char 1)
# expect: [1.e5] Expecting ',' delimiter: line 1 column 3 (char 2)
# expect: {"a" 1} Expecting ':' delimiter: line 1 column 6 (char 5)
# expect: {"a": 1,} Illegal trailing comma before end of object: line 1 column 8 (char 7)
# expect: [1,] Illegal trailing comma before end of array: line 1 column 3 (char 2)
# expect: {" Unterminated string starting at: line 1 column 2 (char 1)
# expect: {"a Unterminated string starting at: line 1 column 2 (char 1)
# expect: [1 2] Expecting ',' delimiter: line 1 column 4 (char 3)
print(json.loads('[[1, [2, {"a": [3, {"b": []}], "c": {}}], 4], {"d": 5, "d": 6}]', object_pairs_hook=list))
# expect: [[1, [2, [('a', [3, [('b', [])]]), ('c', [])]], 4], [('d', 5), ('d', 6)]]
print(json.loads('{"d": 5, "d": 6}'), len(json.loads(json.dumps({str(i): i for i in range(50)}))))  # expect: {'d': 6} 50
values = json.loads("[[1], [2]]")
values[0].append(values[1])
print(values)  # expect: [[1, [2]], [2]]
