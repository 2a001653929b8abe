for i in range(3): pass
print(i)
for j in []: pass
try: j
except NameError as e: print(e)

# expect: 2
# expect: name 'j' is not defined
