class A:
    def __format__(self, s): print('never'); return ''
t = t'{A():x}'
print(t.interpolations[0].format_spec)  # expect: x
