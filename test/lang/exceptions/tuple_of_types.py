for bad in ('x', None):
    try: int(bad)
    except (ValueError, TypeError) as e: print(type(e).__name__)

# expect: ValueError
# expect: TypeError
