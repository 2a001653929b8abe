x = 5
try:
    match 1:
        case x(): pass
except TypeError as e: print(e)

# expect: called match pattern must be a class
