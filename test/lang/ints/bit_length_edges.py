# Lengths in bits about each power of two, where a double would round up to it; and what stands on them: true division, square roots.
import math

wrong = []
for i in range(1, 1100):
    for d in (-2, -1, 0, 1, 2):
        n = (1 << i) + d
        if n < 0:
            continue
        bits = len(bin(n)) - 2 if n else 0
        if n.bit_length() != bits or (-n).bit_length() != bits:
            wrong.append((i, d))
        root = math.isqrt(n)
        if not root * root <= n < (root + 1) ** 2:
            wrong.append((i, d, 'isqrt'))
print(wrong)
print([(2**k - 1) / 2 ** (k - 1) for k in (53, 54, 55, 100, 1000)], (2**1030 + 1) / 2**1029, (10**400) / (10**399 + 7))
# expect: []
# expect: [1.9999999999999998, 2.0, 2.0, 2.0, 2.0] 2.0 10.0
