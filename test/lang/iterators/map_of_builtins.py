# map, filter and keys with conversions, builtin functions and methods of builtin classes.
class Number:
    def __int__(self):
        return 7

    def __len__(self):
        return 3

    def __str__(self):
        return "n"


class Small(int):
    pass


class Word(str):
    def lower(self):
        return "never asked"


items = [1, True, "12", 2.5, 10**20, Small(4), Number(), b"8"]
print(list(map(str, items)))
print(list(map(int, items)), [type(value).__name__ for value in map(int, [True, Small(4), 2.0])])
print(list(map(float, [1, "2.5", 1e3, True, Small(4)])), list(map(bool, [0, "", Number()])), list(map(len, ["ab", (), Number()])))
print(list(map(str.lower, ["A", Word("B")])), sorted(["b", "A", "c"], key=str.lower), sorted(["10", "9"], key=int), max("ab", "c", key=len))
print(list(filter(str.isdigit, ["1", "a", Word("2")])), list(filter(int, ["0", "1"])), list(map(int, "1 2 3".split())))
print(list(map(Small, ["5"])), type(next(map(Small, ["5"]))).__name__, list(map(str.split, ["a b"])), list(map(list.copy, [[1]])))
for function, value in ((int, "x"), (float, "y"), (len, 5), (str.lower, 5), (int, None), (ord, "ab"), (list.append, [])):
    try:
        print(list(map(function, [value])))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
# expect: ['1', 'True', '12', '2.5', '100000000000000000000', '4', 'n', "b'8'"]
# expect: [1, 1, 12, 2, 100000000000000000000, 4, 7, 8] ['int', 'int', 'int']
# expect: [1.0, 2.5, 1000.0, 1.0, 4.0] [False, False, True] [2, 0, 3]
# expect: ['a', 'b'] ['A', 'b', 'c'] ['9', '10'] ab
# expect: ['1', '2'] ['1'] [1, 2, 3]
# expect: [5] Small [['a', 'b']] [[1]]
# expect: ValueError invalid literal for int() with base 10: 'x'
# expect: ValueError could not convert string to float: 'y'
# expect: TypeError object of type 'int' has no len()
# expect: TypeError descriptor 'lower' for 'str' objects doesn't apply to a 'int' object
# expect: TypeError int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
# expect: TypeError ord() expected a character, but string of length 2 found
# expect: TypeError list.append() takes exactly one argument (0 given)
