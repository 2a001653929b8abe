print(list[int], dict[str, list[int]], list[int].__origin__, list[int].__args__, tuple[int, ...], list[int]([1]))
try: list[int][str]
except TypeError as e: print(e)

# expect: list[int] dict[str, list[int]] <class 'list'> (<class 'int'>,) tuple[int, ...] [1]
# expect: list[int] is not a generic class
