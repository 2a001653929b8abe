d = {'k': 'v'}
print(f"{d["k"]} {'a' if d else "b"} {f'{f"{1}"}'}")  # expect: v a 1
