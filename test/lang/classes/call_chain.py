class Meta:
    def __call__(self): return Inner()
class Inner:
    def __call__(self, x): return x + 1
print(Meta()()(4))  # expect: 5
