match [1, 2, 3, 4]:
    case [first, *mid, last]: print(first, mid, last)
match (1, 2):
    case [*_, x]: print(x)

# expect: 1 [2, 3] 4
# expect: 2
