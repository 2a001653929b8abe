# A subclass of a native type lends what its own __buffer__ gives, and hears of the release.
class Other(bytearray):
    def __buffer__(self, flags):
        return memoryview(b'other')


class Told(bytearray):
    def __buffer__(self, flags):
        return super().__buffer__(flags)

    def __release_buffer__(self, view):
        print('released', view.tobytes())
        super().__release_buffer__(view)


class Mixed(Other):
    pass


class Plain:
    def __init__(self):
        self.data = bytearray(b'plain')

    def __buffer__(self, flags):
        return memoryview(self.data) if flags & 1 else memoryview(bytes(self.data))


for lender in (Other(b'own'), Told(b'own'), Mixed(b'own'), Plain()):
    with memoryview(lender) as view:
        print(view.tobytes(), view.readonly)

told = Told(b'own')
with memoryview(told) as view:
    view[0] = 79
told.append(33)
print(told)

plain = Plain()
with memoryview._from_flags(plain, 1) as view:
    view[0] = 80
with memoryview._from_flags(plain, 0) as view:
    print(view.tobytes(), view.readonly)
try:
    bytearray().__buffer__(2**63)
except OverflowError as error:
    print(error)
# expect: b'other' True
# expect: b'own' False
# expect: released b'own'
# expect: b'other' True
# expect: b'plain' True
# expect: released b'Own'
# expect: Told(b'Own!')
# expect: b'Plain' True
# expect: cannot fit 'int' into an index-sized integer
