globals()['made'] = 7
print(made, 'made' in globals(), globals() is globals())  # expect: 7 True True
