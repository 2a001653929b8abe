z = 3 + 4j
print(z, abs(z), z.conjugate(), z * 1j, z.real, z / 2, z ** 2, complex('1+2j'), -z, 1j == complex(0, 1), complex(1, -0.0))
try: z < 1
except TypeError as e: print(e)
try: z // 1
except TypeError as e: print(e)

# expect: (3+4j) 5.0 (3-4j) (-4+3j) 3.0 (1.5+2j) (-7+24j) (1+2j) (-3-4j) True (1-0j)
# expect: '<' not supported between instances of 'complex' and 'int'
# expect: unsupported operand type(s) for //: 'complex' and 'int'
