n = 'w'
print([p if isinstance(p, str) else ('I', p.value) for p in t'hi {n}!'])  # expect: ['hi ', ('I', 'w'), '!']
