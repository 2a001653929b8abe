print(__name__, type(__builtins__).__name__ in ('module', 'dict'))  # expect: __main__ True
