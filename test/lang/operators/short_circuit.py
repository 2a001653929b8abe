def t(x, v): print(x); return v
print(t('a', 0) and t('b', 1), t('c', 1) or t('d', 2), not t('e', []))

# expect: a
# expect: c
# expect: e
# expect: 0 1 True
