def f(): pass
def g(): return
def h(): return 1, 2
print(f(), g(), h())  # expect: None None (1, 2)
a, (b, c) = 0, h()
print(a, b, c)  # expect: 0 1 2
