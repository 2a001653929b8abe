import json
s = json.dumps({'a': [1, 2.5, None, True], 'b': 'é"'})
print(s, json.loads(s) == {'a': [1, 2.5, None, True], 'b': 'é"'})
try: json.loads('{')
except json.JSONDecodeError as e: print(e)

# expect: {"a": [1, 2.5, null, true], "b": "\u00e9\""} True
# expect: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
