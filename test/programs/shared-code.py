# A second interpreter compiles no library module again: it runs the code that the first one left in the immortal heap.
import json, re, random, ladon
from concurrent import interpreters

first = ladon.stats()["library_code"]
print(sum(first.values()) > 20)  # expect: True

other = interpreters.create()
results = interpreters.create_queue()
other.prepare_main(results=results)
other.exec("""
import json, re, random, ladon
results.put(tuple(ladon.stats()["library_code"].values()))
results.put(json.dumps({"a": [1, 2]}) + re.sub("a", "b", "aha"))
""")
compiled, from_disk, from_heap = results.get()
# What only concurrent.interpreters itself brought is not counted: the other interpreter imports nothing that the first has not.
print(compiled, from_disk, from_heap > 20)  # expect: 0 0 True
print(results.get())  # expect: {"a": [1, 2]}bhb
other.close()
ladon.check_heap()
