print(sorted(set('mississippi')), len({1, 1.0, True}))  # expect: ['i', 'm', 'p', 's'] 1
