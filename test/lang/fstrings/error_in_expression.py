try: f'{1/0}'
except ZeroDivisionError as e: print(e)
try: f'{"a":d}'
except ValueError as e: print(e)

# expect: division by zero
# expect: Unknown format code 'd' for object of type 'str'
