class E(Exception):
    def __init__(self): print('made')
try: raise E
except E: print('caught')

# expect: made
# expect: caught
