from string.templatelib import Interpolation
def html(t):
    return ''.join(p.value.upper() if isinstance(p, Interpolation) else p for p in t)
who = 'bob'
print(html(t'<b>{who}</b>'))  # expect: <b>BOB</b>
