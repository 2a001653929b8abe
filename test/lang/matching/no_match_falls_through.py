x = 5
match x:
    case 1: print('one')
print('after')  # expect: after
