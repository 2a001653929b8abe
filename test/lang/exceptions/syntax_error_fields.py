try: compile('x = = 1', 'f.py', 'exec')
except SyntaxError as e: print(e.msg, e.lineno, e.offset, e.filename, e.text)

# expect: invalid syntax 1 5 f.py x = = 1
# expect:
