print(b'a\xffb'.decode('utf-8', 'replace'), b'a\xffb'.decode('utf-8', 'ignore'), b'\xff'.decode('latin-1'), b'a\xff'.decode('ascii', 'backslashreplace'))  # expect: a�b ab ÿ a\xff
