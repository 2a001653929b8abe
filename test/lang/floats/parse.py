print(float('1.5'), float(' -2e3 '), float('inf'), float('-Infinity'), float('1_0.5'), float('.5'), float('5.'))
for bad in ('', 'x', '1.5.2', '1e'):
    try: float(bad)
    except ValueError as e: print(e)

# expect: 1.5 -2000.0 inf -inf 10.5 0.5 5.0
# expect: could not convert string to float: ''
# expect: could not convert string to float: 'x'
# expect: could not convert string to float: '1.5.2'
# expect: could not convert string to float: '1e'
