print(b'%s %d %x %r' % (b'a', 5, 255, 'q'), b'%5.1f|' % 2.55, b'%a' % 'é')  # expect: b"a 5 ff 'q'" b'  2.5|' b"'\\xe9'"
