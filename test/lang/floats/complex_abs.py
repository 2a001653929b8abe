# abs() of a complex number is the C library's hypot, to the bit; so are cmath's functions that ask for a length.
import cmath

print([abs(complex(x, y)).hex() for x, y in [(1.0767688751220703, 1.0387401580810547), (1.4365160465240479, -0.9735496044158936), (2.2278385162353516, 2.063924789428711)]])  # expect: ['0x1.7f028961c970ap+0', '0x1.bc3eb7f5b8e95p+0', '0x1.84bab1eb36494p+1']
print(abs(complex(3e200, 4e200)), abs(complex(3e-200, 4e-200)), abs(complex(5e-324, 5e-324)), abs(complex(1e300, 1e-300)), abs(0j), abs(complex(-0.0, -0.0)))  # expect: 4.9999999999999995e+200 5e-200 5e-324 1e+300 0.0 0.0
inf, nan = float("inf"), float("nan")
print(abs(complex(inf, nan)), abs(complex(nan, -inf)), abs(complex(nan, 1)), abs(complex(-inf, 1)))  # expect: inf inf nan inf
print(cmath.polar(complex(1.4365160465240479, -0.9735496044158936)), cmath.sqrt(complex(2.2278385162353516, 2.063924789428711)))  # expect: (1.7353320097835525, -0.5956130374181312) (1.6224650990606855+0.6360459743089714j)
try:
    abs(complex(1.7e308, 1.7e308))
except OverflowError as error:
    print(error)  # expect: absolute value too large
