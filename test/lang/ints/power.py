print(2 ** -1, 0 ** 0, pow(3, 4, 5), pow(3, -1, 7), pow(2, 100, 1000007))
try: pow(2, -1, 4)
except ValueError as e: print(e)
try: 0 ** -1
except ZeroDivisionError as e: print(e)

# expect: 0.5 1 1 5 698635
# expect: base is not invertible for the given modulus
# expect: zero to a negative power
