print('a\tb\tc'.expandtabs(4), repr('\t'.expandtabs(2)), 'ab\tc'.expandtabs())  # expect: a   b   c '  ' ab      c
