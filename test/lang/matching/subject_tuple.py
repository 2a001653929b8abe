a, b = 1, 'x'
match a, b:
    case 1, str(s): print(s)
match a,:
    case [n]: print(n)

# expect: x
# expect: 1
