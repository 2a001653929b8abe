import bisect, heapq
l = [1, 3, 5]
bisect.insort(l, 4)
print(l, bisect.bisect_left(l, 3), bisect.bisect(l, 3))  # expect: [1, 3, 4, 5] 1 2
h = [5, 1, 4]
heapq.heapify(h); heapq.heappush(h, 0)
print(heapq.heappop(h), heapq.nsmallest(2, h))  # expect: 0 [1, 4]
