# Every protocol brings back what went in, and writes the bytes that CPython writes.
import pickle
import hashlib

values = [None, True, 0, 255, 256, 65536, -1, 2**31, -2**31 - 1, 2**100, -2**100, 1.5, -0.0, "", "name", "é\ud800\U0001f600\n\\", b"", b"x" * 300,
          bytearray(b"ab"), (), (1,), (1, 2, 3, 4), [], [1, [2]], {}, {"a": {"b": 1}}, {1}, frozenset({2}), len, int, 1 + 2j, range(3), ...]
for protocol in range(6):
    digest = hashlib.sha1()
    for value in values:
        data = pickle.dumps(value, protocol)
        assert pickle.loads(data) == value, (protocol, value)
        digest.update(data)
    print(protocol, digest.hexdigest()[:12])
print(pickle.dumps([1, "a", (2.5, None)], 4))
# expect: 0 2487650b9cf8
# expect: 1 23141cbbfdde
# expect: 2 6baf898f6d80
# expect: 3 2db9454ed226
# expect: 4 986dc385387e
# expect: 5 0c902e8c7974
# expect: b'\x80\x04\x95\x17\x00\x00\x00\x00\x00\x00\x00]\x94(K\x01\x8c\x01a\x94G@\x04\x00\x00\x00\x00\x00\x00N\x86\x94e.'
