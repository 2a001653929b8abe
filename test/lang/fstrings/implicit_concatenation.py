x = 1
print('a' f'{x}' 'b' f"{x}{x}" r'\z')  # expect: a1b11\z
