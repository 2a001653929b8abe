import string
print(string.ascii_lowercase[:5], string.Template('$a-${b}').substitute(a=1, b=2), string.capwords('hi there'))  # expect: abcde 1-2 Hi There
