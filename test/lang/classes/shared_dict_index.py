# The dicts of instances of one shape find their keys together, until one of them gets others.
class Many:
    def __init__(self, base):
        for i, name in enumerate("abcdefghijkl"):
            setattr(self, name, base + i)


one, two, three = Many(0), Many(100), Many(200)
d, e = one.__dict__, two.__dict__
print(d["l"], e["l"], d["a"], e["a"])  # expect: 11 111 0 100
d["m"] = 12
print("m" in d, "m" in e, hasattr(one, "m"), hasattr(two, "m"), len(d), len(e))  # expect: True False True False 13 12
del e["b"]
e["b"] = 1
print(list(e), e["c"], e["l"], d["b"], vars(three)["b"], vars(three)["l"])  # expect: ['a', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'b'] 102 111 1 201 211
del three.c
print("c" in vars(three), vars(three)["d"], vars(three)["l"], getattr(three, "c", None))  # expect: False 203 211 None
copies = [dict(vars(Many(5))), vars(Many(6)).copy(), {**vars(Many(7))}, vars(Many(8)) | {"z": 1}]
copies[0]["q"] = 1
copies[1].pop("a")
print([sorted(c) == sorted("abcdefghijkl") for c in copies], [c["l"] for c in copies], vars(Many(9))["a"])  # expect: [False, False, True, False] [16, 17, 18, 19] 9
four = Many(300)
vars(four)[1] = "one"
vars(four)[(1, 2)] = "pair"
vars(four).clear()
four.k = 5
print(vars(four), vars(Many(1)) == vars(Many(1)), "%(a)d %(l)d" % vars(Many(2)))  # expect: {'k': 5} True 2 13
for name in list("abcdefghij"):
    delattr(two, name)
print(vars(two), two.k, "a" in vars(two))  # expect: {'k': 110, 'l': 111} 110 False
