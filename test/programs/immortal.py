# Freezing: one graph, all or nothing, sent by reference and back as the identical object.
import ladon
from concurrent import interpreters

data = ladon.freeze({"a": [1, 2, 3], "b": ("x", 2.5), "c": {1, 2}})
print(ladon.is_frozen(data), ladon.is_frozen([1]))  # expect: True False
try:
    data["z"] = 1
except TypeError:
    print("dict refuses")  # expect: dict refuses
try:
    data["a"].append(4)
except TypeError:
    print("list refuses")  # expect: list refuses
try:
    ladon.freeze({"items": [1, print, open]})
except TypeError as e:
    print(str(e).split(":")[0])  # expect: cannot freeze
print(hash(ladon.frozendict(a=1)) == hash(ladon.frozendict(a=1)))  # expect: True

q = interpreters.create_queue()
i = interpreters.create()
i.prepare_main(q=q)
q.put(data)
i.exec("got = q.get(); print(got['a'], len(got)); q.put(got)")  # expect: [1, 2, 3] 3
print(q.get() is data)  # expect: True
i.close()
