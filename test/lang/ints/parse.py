print(int('42'), int(' -7 '), int('ff', 16), int('0b101', 0), int('1_000'), int('z', 36), int('٣'))
for bad in ('', 'x', '1.5', '1__0', '0x'):
    try: int(bad)
    except ValueError as e: print(e)

# expect: 42 -7 255 5 1000 35 3
# expect: invalid literal for int() with base 10: ''
# expect: invalid literal for int() with base 10: 'x'
# expect: invalid literal for int() with base 10: '1.5'
# expect: invalid literal for int() with base 10: '1__0'
# expect: invalid literal for int() with base 10: '0x'
