try: (256).to_bytes(1, 'big')
except OverflowError as e: print(e)
try: (-1).to_bytes(1, 'big')
except OverflowError as e: print(e)
print((-1).to_bytes(2, 'big', signed=True), int.from_bytes(b'\xff', 'big', signed=True))

# expect: int too big to convert
# expect: can't convert negative int to unsigned
# expect: b'\xff\xff' -1
