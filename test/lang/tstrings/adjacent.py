x = 1
print((t'a' t'{x}').strings)  # expect: ('a', '')
