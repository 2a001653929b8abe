try: import no_such_module_x
except ModuleNotFoundError as e: print(e, e.name)
try: from sys import nope
except ImportError as e: print(e.name, str(e)[:32])

# expect: No module named 'no_such_module_x' no_such_module_x
# expect: sys cannot import name 'nope' from '
