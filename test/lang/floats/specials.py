inf, nan = float('inf'), float('nan')
print(inf, -inf, nan, inf - inf, nan == nan, inf > 10 ** 400, inf * 0, 1 / inf, nan in [nan])  # expect: inf -inf nan nan False True nan 0.0 True
