# Records of one kind, others among them, and strings with escapes.
import json

print(json.loads('[{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"b": 5, "a": 6}, {"a": 7, "a": 8}, {"a": 9}, {}, {"a": {"a": 1, "b": []}, "b": {"a": "x", "b": null}}]'))  # expect: [{'a': 1, 'b': 2}, {'a': 3, 'b': 4}, {'b': 5, 'a': 6}, {'a': 8}, {'a': 9}, {}, {'a': {'a': 1, 'b': []}, 'b': {'a': 'x', 'b': None}}]
print(json.loads('[{"a": 1, "b": 2, "a": 3}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "b": 3}]'))  # expect: [{'a': 3, 'b': 2}, {'a': 1, 'b': 2, 'c': 3}, {'a': 1, 'b': 2, 'c': 3}, {'a': 1, 'b': 3}]
print(json.loads('{"a": 1, "a": {"c": 2}, "d": [3]}', object_pairs_hook=list))  # expect: [('a', 1), ('a', [('c', 2)]), ('d', [3])]
many = {f"key {i}": i for i in range(20)}
print(json.loads(json.dumps([many, many])) == [many, many], json.loads("{" + '"x": 1, ' * 9 + '"x": 2}'))  # expect: True {'x': 2}
first, second = json.loads('[{"a": 1, "b": 2}, {"a": 3, "b": 4}]')
first["c"] = 5
del second["a"]
print(first, second, json.loads('{"a": 6, "b": 7}'))  # expect: {'a': 1, 'b': 2, 'c': 5} {'b': 4} {'a': 6, 'b': 7}
print(json.loads(r'["\"\\\/\b\f\n\r\t", "\u00e9\u20AC", "\ud83d\ude00 x\u0041", "\ud800", "\ude00\ud83d"]'))  # expect: ['"\\/\x08\x0c\n\r\t', 'é€', '😀 xA', '\ud800', '\ude00\ud83d']
for wrong in (r'"\u12"', r'"\u12', r'"\u00g0"', r'"\x"', '"\\', r'"\u0041', '"a\\n\tb"', '"\\n\x00"', r'"\ué000"', r'{"a\n": 1, "b\q": 2}'):
    json.loads('"' + "f" * 40 + '"')
    try:
        print(json.loads(wrong))
    except json.JSONDecodeError as error:
        print(error, end="; ")
print()  # expect: Invalid \uXXXX escape: line 1 column 3 (char 2); Invalid \uXXXX escape: line 1 column 3 (char 2); Invalid \uXXXX escape: line 1 column 3 (char 2); Invalid \escape: line 1 column 2 (char 1); Unterminated string starting at: line 1 column 1 (char 0); Unterminated string starting at: line 1 column 1 (char 0); Invalid control character at: line 1 column 5 (char 4); Invalid control character at: line 1 column 4 (char 3); Invalid \uXXXX escape: line 1 column 3 (char 2); Invalid \escape: line 1 column 14 (char 13); 
print(json.loads('"a\\n\tb\x01"', strict=False) == "a\n\tb\x01", json.loads(r'{"a\n": 1, "\u0061": 2, "a": 3}'))  # expect: True {'a\n': 1, 'a': 3}
