s = '\ud800x'
print(len(s), repr(s), s.isprintable())
try: s.encode()
except UnicodeEncodeError as e: print(e.reason)

# expect: 2 '\ud800x' False
# expect: surrogates not allowed
