# Ints that follow one another, then a tuple: the next int is not there.
numbers = {i: i for i in range(20)}
print(5 in numbers)  # expect: True
numbers[1, 2] = 'pair'
print(20 in numbers, numbers.get(20), numbers.get((1, 2)))  # expect: False None pair
numbers[20] = 'next'
print(numbers[20], numbers[1, 2], len(numbers))  # expect: next pair 22
del numbers[1, 2]
print(21 in numbers, (1, 2) in numbers, numbers[19], numbers[20])  # expect: False False 19 next

items = set(range(-4, 9))
print(3 in items)  # expect: True
items.add((1, 2))
print(9 in items)  # expect: False
items.add(9)
print(len(items), -4 in items, 9 in items, (1, 2) in items)  # expect: 15 True True True
