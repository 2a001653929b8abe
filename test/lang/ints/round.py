print(round(15, -1), round(25, -1), round(-15, -1), round(1234, -2), round(5), round(2.5), round(3.5))  # expect: 20 20 -20 1200 5 2 4
