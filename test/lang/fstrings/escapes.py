print(f'\t|{"\n" == chr(10)}|\x41', rf'\d{1}', f'{'\\'}')  # expect: 	|True|A \d1 \
