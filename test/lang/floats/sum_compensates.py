# sum() compensates rounding for ints among floats too, keeps the sign of an imaginary zero, and finds ints that are too large.
print(sum([1.0, 10**100, 1.0, -10**100]))  # expect: 2.0
print(sum([2j, 1.0, 10**100, 1.0, -10**100]))  # expect: (2+2j)
print(sum([complex(1, -0.0), 1]), sum([1, complex(1, -0.0)]))  # expect: (2-0j) (2-0j)
for first in 1.0, 1j:
    try:
        sum([first, 10**1000])
    except OverflowError as error:
        print(error)
# expect: int too large to convert to float
# expect: int too large to convert to float
