# Sorted keys and indentation: few and many keys, keys of other kinds, order of code points, subclasses.
import json
from collections import OrderedDict

print(json.dumps({"b": 1, "a": {"d": [], "c": {}}, "": None}, sort_keys=True, indent=1).replace("\n", "|"))  # expect: {| "": null,| "a": {|  "c": {},|  "d": []| },| "b": 1|}
print(json.dumps({3: "x", 1: "y", 2.5: "z", True: "t"}, sort_keys=True))  # expect: {"1": "t", "2.5": "z", "3": "x"}
print(json.dumps({"\uffff": 1, "\U0001f600": 2, "\ue000": 3, "a": 4, "\ud800": 5}, sort_keys=True))  # expect: {"a": 4, "\ud800": 5, "\ue000": 3, "\uffff": 1, "\ud83d\ude00": 2}
many = {f"key{i * 7919 % 1000}": i for i in range(100)}
print(list(json.loads(json.dumps(many, sort_keys=True))) == sorted(many), list(json.loads(json.dumps(many))) == list(many))  # expect: True True
few = {c: ord(c) for c in "ponmlkjihgfedcba"}
print(json.dumps(few, sort_keys=True) == json.dumps(dict(sorted(few.items()))), list(few)[0])  # expect: True p


class D(dict):
    def items(self):
        return [("z", 1), ("y", 2)]


print(json.dumps(D(a=1), sort_keys=True), json.dumps(OrderedDict(b=1, a=2), sort_keys=True))  # expect: {"y": 2, "z": 1} {"a": 2, "b": 1}


class Loud(str):
    def __lt__(self, other):
        raise ValueError("compared")


for bad in ({"a": 1, 2: 1}, {Loud("a"): 1, Loud("b"): 2}, {None: 1, "a": 2}):
    try:
        print(json.dumps(bad, sort_keys=True))
    except Exception as e:
        print(type(e).__name__, e)
# expect: TypeError '<' not supported between instances of 'int' and 'str'
# expect: ValueError compared
# expect: TypeError '<' not supported between instances of 'str' and 'NoneType'
deep = value = []
for i in range(40):
    value.append([])
    value = value[0]
text = json.dumps(deep, indent="\t")
print(text.count("\n"), text.split("\n")[40].count("\t"), json.dumps([[1]], indent=0).replace("\n", "|"), json.dumps([], indent=3), json.dumps({"a": [1, {"b": 2}]}, indent="--").replace("\n", "|"))  # expect: 80 40 [|[|1|]|] [] {|--"a": [|----1,|----{|------"b": 2|----}|--]|}
print(json.dumps("\x00\x1f\x7f\"\\/\b\f\n\r\t\u2028é"), json.dumps("\x00\x1f\x7f\"\\/é\u2028", ensure_ascii=False).encode())  # expect: "\u0000\u001f\u007f\"\\/\b\f\n\r\t\u2028\u00e9" b'"\\u0000\\u001f\x7f\\"\\\\/\xc3\xa9\xe2\x80\xa8"'
