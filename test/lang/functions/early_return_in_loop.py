def find(items, want):
    for i, x in enumerate(items):
        if x == want: return i
    else:
        return -1
print(find('abc', 'c'), find('abc', 'z'))  # expect: 2 -1
