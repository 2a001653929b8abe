s = 'a\U0001f600b'
print(len(s), s[1] == '\U0001f600', [hex(ord(c)) for c in s], s[::-1] == 'b\U0001f600a', s.find('b'), chr(128512) == s[1])  # expect: 3 True ['0x61', '0x1f600', '0x62'] True 2 True
