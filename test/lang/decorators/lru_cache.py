from functools import lru_cache
calls = []
@lru_cache(maxsize=2)
def f(x):
    calls.append(x)
    return x * 2
f(1); f(1); f(2); f(3); f(1)
print(calls, f.cache_info())  # expect: [1, 2, 3, 1] CacheInfo(hits=1, misses=4, maxsize=2, currsize=2)
