import math
print(math.sqrt(2), math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.isclose(0.1 + 0.2, 0.3), math.hypot(3, 4), math.fsum([0.1] * 10), math.copysign(1, -0.0))  # expect: 1.4142135623730951 -2 2 -1 True 5.0 1.0 -1.0
