# A slice of all of a tuple or a str is the object itself; of a list it is a new one.
t = (1, 2, 3)
s = 'text'
n = [1, 2]


def slices(t, s, n):
    return t[:] is t, t[0:3] is t, t[-3:10] is t, t[1:] is t, s[:] is s, n[:] is n, ()[:] is ()


print(slices(t, s, n))  # expect: (True, True, True, False, True, False, True)


class T(tuple):
    pass


u = T(t)
print(u[:] is u, type(u[:]).__name__, t[2:1], n[5:], s[3:1] == '')  # expect: False tuple () [] True
