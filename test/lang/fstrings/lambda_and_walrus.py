print(f'{(lambda x: x * 2)(3)} {(y := 4)} {y}')  # expect: 6 4 4
