class E(Exception):
    def __init__(self, code, msg='m'):
        super().__init__(msg)
        self.code = code
try: raise E(42)
except E as e: print(e.code, e, e.args)

# expect: 42 m ('m',)
