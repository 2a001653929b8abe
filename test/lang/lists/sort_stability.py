data = [('b', 2), ('a', 2), ('c', 1)]
data.sort(key=lambda p: p[1])
print(data)  # expect: [('c', 1), ('b', 2), ('a', 2)]
data.sort(key=lambda p: p[1], reverse=True)
print(data)  # expect: [('b', 2), ('a', 2), ('c', 1)]
