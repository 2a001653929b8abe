try: 1 << -1
except ValueError as e: print(e)
print(5 >> 1000, -5 >> 1000, 0 << 10000)

# expect: negative shift count
# expect: 0 -1 0
