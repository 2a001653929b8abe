class I:
    def __index__(self): return 2
print([10, 20, 30][I()], 'abcd'[I():], hex(I()), int(I()), range(I()))  # expect: 30 cd 0x2 2 range(0, 2)
