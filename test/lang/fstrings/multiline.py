x = 1
print(f'''{
    x  # comment
} and {x
:>3}''')

# expect: 1 and   1
