try: int('1' * 5000)
except ValueError as e: print(str(e)[:60])
print(len(str(10 ** 4000)))

# expect: Exceeds the limit (4300 digits) for integer string conversio
# expect: 4001
