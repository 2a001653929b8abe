print(repr('  x '.strip()), 'xxaxx'.strip('x'), 'abcba'.lstrip('ab'), 'abcba'.rstrip('ab'), 'prefix_x'.removeprefix('prefix_'), 'a.py'.removesuffix('.py'))  # expect: 'x' a cba abc x a
