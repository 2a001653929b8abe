# Parts that stand close together and far apart, behind a beginning of themselves, at both ends; what is made of the places.
near, far, almost = b'ab' * 40, b'ab' + b'-' * 500 + b'ab' + b'-' * 200 + b'a' + b'-' * 300 + b'ab', b'aab' * 10 + b'aaab' + b'a' * 400 + b'aab'
for whole in (near, far, almost, b'', b'ab'):
    row = []
    for part in (b'ab', b'a', b'aab', b'-' * 20, b'--', b'ab' + b'-' * 17):
        pieces = whole.split(part)
        row += [whole.count(part), whole.count(part, 3), whole.count(part, 1, -1), whole.count(part, 600, 100), len(pieces), len(whole.split(part, 2)), part.join(pieces) == whole]
        for new in (b'', b'x', b'[' + part * 3 + b']'):
            assert whole.replace(part, new) == new.join(pieces) and bytearray(whole).replace(part, new, 1) == new.join(whole.split(part, 1))
            row.append(len(whole.replace(part, new, 2)))
    print(*row)
print(far.find(b'ab', 1), far.find(b'ab', 503), b''.join([]), b','.join([b'x']), b','.join([b'x', bytearray(b'y'), b'']), b'-' + b''.join([b'x' * 60, b'y']))

# expect: 40 38 38 0 41 3 True 76 78 92 40 38 39 0 41 3 True 78 80 88 0 0 0 0 1 1 True 80 80 80 0 0 0 0 1 1 True 80 80 80 0 0 0 0 1 1 True 80 80 80 0 0 0 0 1 1 True 80 80 80
# expect: 3 2 1 0 4 3 True 1003 1005 1019 4 3 3 0 5 3 True 1005 1007 1015 0 0 0 0 1 1 True 1007 1007 1007 50 49 50 0 51 3 True 967 969 1091 500 499 500 0 501 3 True 1003 1005 1019 2 1 1 0 3 3 True 969 971 1087
# expect: 12 11 11 0 13 3 True 433 435 449 425 423 424 0 426 3 True 435 437 445 12 11 10 0 13 3 True 431 433 453 0 0 0 0 1 1 True 437 437 437 0 0 0 0 1 1 True 437 437 437 0 0 0 0 1 1 True 437 437 437
# expect: 0 0 0 0 1 1 True 0 0 0 0 0 0 0 1 1 True 0 0 0 0 0 0 0 1 1 True 0 0 0 0 0 0 0 1 1 True 0 0 0 0 0 0 0 1 1 True 0 0 0 0 0 0 0 1 1 True 0 0 0
# expect: 1 0 0 0 2 2 True 0 1 8 1 0 0 0 2 2 True 1 2 6 0 0 0 0 1 1 True 2 2 2 0 0 0 0 1 1 True 2 2 2 0 0 0 0 1 1 True 2 2 2 0 0 0 0 1 1 True 2 2 2
# expect: 502 1005 b'' b'x' b'x,y,' b'-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy'
