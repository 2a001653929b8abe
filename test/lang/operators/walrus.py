if (n := len('abc')) > 2: print(n)
print([(m := x) for x in range(3)], m, (y := 1, 2), y)
while (line := [1, 0].pop()) : break
print(line)

# expect: 3
# expect: [0, 1, 2] 2 (1, 2) 1
# expect: 0
