print(GeneratorExit.__mro__[1].__name__, issubclass(GeneratorExit, Exception))
try: raise BaseException('b')
except Exception: print('no')
except BaseException as e: print('base', e)

# expect: BaseException False
# expect: base b
