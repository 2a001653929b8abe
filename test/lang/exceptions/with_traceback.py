try: raise ValueError
except ValueError as e: t = e.__traceback__
n = KeyError().with_traceback(t)
print(n.__traceback__ is t)  # expect: True
n.__traceback__ = None
print(n.__traceback__)  # expect: None
