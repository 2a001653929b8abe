def f():
    for i in range(2):
        try:
            print('body', i)
            continue
        finally: print('fin', i)
    return 'end'
print(f())

# expect: body 0
# expect: fin 0
# expect: body 1
# expect: fin 1
# expect: end
