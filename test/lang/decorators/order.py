def d(n):
    print('eval', n)
    def deco(f):
        print('apply', n)
        return f
    return deco
@d(1)
@d(2)
def f(): return 'f'
print(f())

# expect: eval 1
# expect: eval 2
# expect: apply 2
# expect: apply 1
# expect: f
