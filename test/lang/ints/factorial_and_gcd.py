import math
print(math.factorial(25), math.gcd(48, 36), math.lcm(4, 6), math.isqrt(10 ** 20), math.comb(10, 3))  # expect: 15511210043330985984000000 12 12 10000000000 120
