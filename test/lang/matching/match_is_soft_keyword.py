match = 3
case = 4
print(match + case)
match match:
    case 3: print('three')

# expect: 7
# expect: three
