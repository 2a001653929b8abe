def perms(s):
    if len(s) <= 1: yield s
    else:
        for i in range(len(s)):
            for p in perms(s[:i] + s[i+1:]): yield s[i] + p
print(list(perms('abc')))  # expect: ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']
