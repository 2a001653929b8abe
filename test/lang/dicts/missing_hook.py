class D(dict):
    def __missing__(self, k):
        self[k] = v = len(self)
        return v
d = D()
print(d['x'], d['y'], d['x'], d, d.get('q'))  # expect: 0 1 0 {'x': 0, 'y': 1} None
