s = 'Hello, Wörld'
print(s[0], s[-1], s[1:4], s[::-1], s[::3], s[100:], s[-3:])
try: s[50]
except IndexError as e: print(e)

# expect: H d ell dlröW ,olleH Hl r  rld
# expect: string index out of range
