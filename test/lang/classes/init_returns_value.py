# An `__init__` that returns something: the error is its caller's, and the stack stays balanced.
class Wrong:
    def __init__(self):
        return 1

def attempt():
    try:
        Wrong()
    except TypeError as error:
        return error

def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n

before = depth()
for _ in range(40):
    error = attempt()
print(depth() - before)  # expect: 0
print(error)  # expect: __init__() should return None, not 'int'
print(error.__traceback__.tb_frame.f_code.co_name, error.__traceback__.tb_next)  # expect: attempt None
