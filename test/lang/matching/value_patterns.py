class Color:
    RED = 1
    BLUE = 2
def f(c):
    match c:
        case Color.RED: return 'r'
        case Color.BLUE: return 'b'
print(f(1), f(2), f(3))  # expect: r b None
