class A: items = []
a, b = A(), A()
a.items.append(1)
print(b.items)  # expect: [1]
a.items = [2]
print(a.items, b.items, A.items)  # expect: [2] [1] [1]
