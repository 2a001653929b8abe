# Code behind a use of a variable that is never bound there is compiled all the same, where other paths bring floats.


def run(n, fails):
    v = 0.5
    for i in range(n):
        try:
            v = v * 0.5
            if fails:
                try:
                    del w
                except UnboundLocalError:
                    w = 1
                    del w
                v = w - 0.25
        except UnboundLocalError:
            v = v + 1.0
    return v


for k in range(40):
    result = run(9, k % 2)
print(result, run(3, False))  # expect: 1.9970703125 0.0625
