class It:
    def __iter__(self): return self
    def __next__(self): raise ValueError('in next')
for f in (list, sum, sorted, ''.join, dict, lambda x: [*x]):
    try: f(It())
    except ValueError as e: print(e)

# expect: in next
# expect: in next
# expect: in next
# expect: in next
# expect: in next
# expect: in next
