print(type(t'').__name__, t''.strings, t''.interpolations)  # expect: Template ('',) ()
