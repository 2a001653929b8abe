for x in []: pass
else: print('else on empty')
for x in [1]:
    break
else: print('never')
n = 3
while n: n -= 1
else: print('while else')

# expect: else on empty
# expect: while else
