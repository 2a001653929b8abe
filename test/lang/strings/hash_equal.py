print(hash('abc') == hash('ab' + 'c'), 'a' is 'a', {'k': 1}['k'])  # expect: True True 1
