for i in range(3):
    try: 1 / 0
    except ZeroDivisionError:
        if i == 1: break
    finally: print(i)
print('out', i)

# expect: 0
# expect: 1
# expect: out 1
