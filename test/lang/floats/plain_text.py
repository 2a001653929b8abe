# Floats from plain decimals, which need no general conversion, and from what looks like them.
for text in ('1.5', '-0', '-.5', '5.', '0.1', '123456789012345', '1234567890123456', '0.000000000000001', '9007199254740993', '123456.789012345', '.', '-', '', '1.2.3', '--1', '-.', '+.5', '1_0.5', '1 2'):
    try: print(float(text), float(text.encode()))
    except ValueError as error: print(error)
print(all(float(repr(i / 1000)) == i / 1000 for i in range(-3000, 3000)), all(float(f'{i}.{i}') == float(f'{i}.{i}e0') for i in range(2000)))

# expect: 1.5 1.5
# expect: -0.0 -0.0
# expect: -0.5 -0.5
# expect: 5.0 5.0
# expect: 0.1 0.1
# expect: 123456789012345.0 123456789012345.0
# expect: 1234567890123456.0 1234567890123456.0
# expect: 1e-15 1e-15
# expect: 9007199254740992.0 9007199254740992.0
# expect: 123456.789012345 123456.789012345
# expect: could not convert string to float: '.'
# expect: could not convert string to float: '-'
# expect: could not convert string to float: ''
# expect: could not convert string to float: '1.2.3'
# expect: could not convert string to float: '--1'
# expect: could not convert string to float: '-.'
# expect: 0.5 0.5
# expect: 10.5 10.5
# expect: could not convert string to float: '1 2'
# expect: True True
