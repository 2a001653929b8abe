# pow(a, b, m) beyond 64 bits: small and large bases, windows of the exponent, signs, inverses.
def slow(a, b, m):
    result = 1 % m
    a %= m
    while b:
        if b & 1:
            result = result * a % m
        a = a * a % m
        b >>= 1
    return result


seed = 12345
def rnd(bits):
    global seed
    value = 0
    for _ in range(0, bits, 31):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        value = value << 31 | seed
    return value & ((1 << bits) - 1)


wrong = 0
for k in range(600):
    m = rnd(20 + k % 200) + (1 << 26)
    for a in (k % 25, rnd(1 + k % 210), m - 1, m + 3):
        for b in (0, 1, 15, 16, 17, 255, 256, rnd(1 + k % 60)):
            if pow(a, b, m) != slow(a, b, m):
                wrong += 1
print(wrong)  # expect: 0
print(pow(19, 10**20, 2**89 - 1), pow(20, 10**20, 2**89 - 1), pow(2, 2**89 - 2, 2**89 - 1))  # expect: 156165267914946510464097633 114310373450730209921407280 1
print(pow(-3, 12345678901234567890, 10**30), pow(3, 12345678901234567891, -10**30), pow(7, -3, 10**20 + 39))  # expect: 463731818522538011329316325449 -608804544432385966012051023653 53352769679300291566
