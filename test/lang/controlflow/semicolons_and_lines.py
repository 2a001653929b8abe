a = 1; b = 2; print(a + b)
x = (1 +
     2 + \
     3)
print(x)

# expect: 3
# expect: 6
