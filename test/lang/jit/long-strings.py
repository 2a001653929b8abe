# Strings that become too long: the traceback and the handler are those of the function that made them.
def double(s): return s + s
def twice(s): return f'{s}{s}'
def entries(tb): return [] if tb is None else [(tb.tb_frame.f_code.co_name, tb.tb_lineno)] + entries(tb.tb_next)
def other(s):
    try: return double(s)
    except MemoryError: return 'wrong'
for i in range(300): other('ab'), twice('ab')
def grow(make):
    s = 'x' * 2**20
    try:
        for i in range(40): s = make(s)
    except MemoryError as e: return entries(e.__traceback__)
try: long = 'x' * 2**29 + 'x' * 2**29
except MemoryError: long = None
if long is None:
    print(grow(double), grow(twice))
else:  # CPython has longer strings.
    print([('grow', 12), ('double', 2)], [('grow', 12), ('twice', 3)])
# expect: [('grow', 12), ('double', 2)] [('grow', 12), ('twice', 3)]
