"""gc.freeze() puts all objects aside; gc.DEBUG_STATS tells of collections on standard error."""
import gc
import io
import re
import sys

gc.freeze()
print(gc.get_freeze_count() > 0)  # expect: True
young = []
print(any(item is young for item in gc.get_objects()), any(item is globals() for item in gc.get_objects()))  # expect: True False
gc.unfreeze()
print(gc.get_freeze_count(), any(item is globals() for item in gc.get_objects()))  # expect: 0 True

stderr, sys.stderr = sys.stderr, io.StringIO()
gc.set_debug(gc.DEBUG_STATS)
gc.collect()
gc.set_debug(0)
gc.collect()
said, sys.stderr = sys.stderr.getvalue(), stderr
print([bool(re.search(pattern, said)) for pattern in [r"collecting generation 2", r"each generation: \d+ \d+ \d+\n", r"gc: done, .*elapsed\n"]], said.count("elapsed"))
# expect: [True, True, True] 1
