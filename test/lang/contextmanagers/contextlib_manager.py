from contextlib import contextmanager
@contextmanager
def tag(n):
    print(f'<{n}>')
    try: yield n
    except ValueError: print('handled')
    finally: print(f'</{n}>')
with tag('a') as t: print(t)
with tag('b'): raise ValueError

# expect: <a>
# expect: a
# expect: </a>
# expect: <b>
# expect: handled
# expect: </b>
