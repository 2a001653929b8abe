l = [1, 2, 3]
l.append(4); l.insert(1, 9); l.extend('ab')
print(l, len(l), l.pop(), l.pop(0), l)  # expect: [9, 2, 3, 4, 'a'] 7 b 1 [9, 2, 3, 4, 'a']
l.remove(9)
print(l, l.index(3), l.count(2))  # expect: [2, 3, 4, 'a'] 1 1
