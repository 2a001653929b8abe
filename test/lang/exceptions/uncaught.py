print('before')  # expect: before
raise ValueError('boom')
# expect-error: ValueError: boom
