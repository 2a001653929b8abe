from contextlib import ExitStack
with ExitStack() as s:
    for i in range(3): s.callback(print, 'cb', i)
    print('body')

# expect: body
# expect: cb 2
# expect: cb 1
# expect: cb 0
