w = 4
print(t'{1:{w}}'.interpolations[0].format_spec)  # expect: 4
