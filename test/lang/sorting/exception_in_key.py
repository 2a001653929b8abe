l = [3, 1]
try: l.sort(key=lambda x: 1 / 0)
except ZeroDivisionError: print(l)

# expect: [3, 1]
