print(str(), str(5), str(b'ab', 'ascii'), str(None), str([1, 'a']), str(b'x'))
try: str('a', 'b')
except TypeError as e: print(e)

# expect:  5 ab None [1, 'a'] b'x'
# expect: decoding str is not supported
