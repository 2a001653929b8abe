print(r'\n', len('\x41\u0042\N{BULLET}\101'), '\
joined', """tri
ple""")

# expect: \n 4 joined tri
# expect: ple
