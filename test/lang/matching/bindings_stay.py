match [1, [2, 3]]:
    case [a, [b, 9]]: pass
    case [c, [d, e]]: pass
print(a, b, c, d, e)
# expect-error: NameError: name 'a' is not defined
