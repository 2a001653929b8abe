print(f'{42:08b} {42:+} {-42:=8} {42:<6}| {1234567:_} {255:X} {65:c} {3:.2f} {10**20:,}')
try: format(5, 's')
except ValueError as e: print(e)

# expect: 00101010 +42 -     42 42    | 1_234_567 FF A 3.00 100,000,000,000,000,000,000
# expect: Unknown format code 's' for object of type 'int'
