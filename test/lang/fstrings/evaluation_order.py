def t(v): print('eval', v); return v
print(f'{t(1)}{t(2)}')

# expect: eval 1
# expect: eval 2
# expect: 12
