print(int | str, int | None, (int | str) == (str | int), isinstance(1, int | str), (int | str).__args__, int | list[int])
try: 1 | int
except TypeError as e: print(e)

# expect: int | str int | None True True (<class 'int'>, <class 'str'>) int | list[int]
# expect: unsupported operand type(s) for |: 'int' and 'type'
