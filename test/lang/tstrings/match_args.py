print(Interpolation.__match_args__ if 'Interpolation' in globals() else type(t'{1}'.interpolations[0]).__match_args__)
match t'{5!r}'.interpolations[0]:
    case i: print(i.value, i.conversion)

# expect: ('value', 'expression', 'conversion', 'format_spec')
# expect: 5 r
