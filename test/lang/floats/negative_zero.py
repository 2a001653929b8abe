z = -0.0
print(z, z == 0.0, str(z), 0.0 + z, z + z, abs(z), 1 if z else 2)  # expect: -0.0 True -0.0 0.0 -0.0 0.0 2
