print('abC'.upper(), 'ABc'.lower(), 'heLLo wORLD'.title(), 'abc'.capitalize(), 'aBc'.swapcase(), 'ß'.upper(), 'ß'.casefold())  # expect: ABC abc Hello World Abc AbC SS ss
