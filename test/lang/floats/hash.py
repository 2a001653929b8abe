print(hash(0.5), hash(1e300) == hash(int(1e300)), hash(float('inf')), hash(2.0) == hash(2))  # expect: 1152921504606846976 True 314159 True
