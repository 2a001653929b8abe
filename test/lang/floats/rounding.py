print(round(2.675, 2), round(0.5), round(1.5), round(-0.5), round(1234.5678, -2), round(1e20, 2), round(2.5, 0))  # expect: 2.67 0 2 0 1200.0 1e+20 2.0
