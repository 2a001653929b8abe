def a(): b()
def b(): c()
def c(): raise ValueError
try: a()
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next

# expect: <module> 4
# expect: a 1
# expect: b 2
# expect: c 3
