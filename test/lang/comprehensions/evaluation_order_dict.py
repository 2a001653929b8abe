def t(x): print(x); return x
d = {t('k'): t('v') for _ in range(1)}

# expect: k
# expect: v
