"""The set of conditional annotations is a name like any other: a program may bind it to anything."""
for value in ["0", "{}", "None"]:
    try:
        exec(f"__conditional_annotations__ = {value}\nif 1:\n    x: int\n", {})
    except TypeError as error:
        print(error)
# expect: 'int' object is not a set
# expect: 'dict' object is not a set
# expect: 'NoneType' object is not a set
