def averager():
    total = count = 0
    avg = None
    while True:
        total += yield avg
        count += 1
        avg = total / count
a = averager(); next(a)
print([a.send(x) for x in (10, 30, 5)])  # expect: [10.0, 20.0, 15.0]
