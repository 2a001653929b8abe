registry = {}
def register(name):
    def deco(f):
        registry[name] = f
        return f
    return deco
@register('a')
def fa(): return 1
@register('b')
def fb(): return 2
print(sorted(registry), registry['b']())  # expect: ['a', 'b'] 2
