x, name = 5, 'n'
print(f'{x} {name!r} {x:>4} {x + 1} {{literal}}')  # expect: 5 'n'    5 6 {literal}
