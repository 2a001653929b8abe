words = ['banana', 'Apple', 'cherry']
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (-len(w), w)))

# expect: ['Apple', 'banana', 'cherry'] ['Apple', 'banana', 'cherry'] ['banana', 'cherry', 'Apple'] ['banana', 'cherry', 'Apple']
