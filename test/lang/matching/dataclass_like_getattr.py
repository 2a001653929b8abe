class P:
    __match_args__ = ('v',)
    @property
    def v(self):
        print('read')
        return 1
match P():
    case P(2): print('two')
    case P(1): print('one')

# expect: read
# expect: read
# expect: one
