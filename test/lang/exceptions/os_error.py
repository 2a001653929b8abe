e = OSError(2, 'No such file', 'path')
print(type(e).__name__, e.errno, e.strerror, e.filename, e)  # expect: FileNotFoundError 2 No such file path [Errno 2] No such file: 'path'
print(type(OSError(17, 'x')).__name__, OSError('only').errno)  # expect: FileExistsError None
