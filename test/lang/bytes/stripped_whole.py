# Bytes of which nothing is stripped are themselves; a bytearray is always a new one, and so is what a class derived from bytes gives.
data = b"plain"
print(data.strip() is data, data.lstrip(b"x") is data, data.rstrip() is data, b" x ".strip() is data)
# expect: True True True False
array = bytearray(data)
stripped = array.strip()
print(stripped is array, stripped == array, type(stripped).__name__)
# expect: False True bytearray


class Own(bytes):
    pass


own = Own(b"own")
print(type(own.strip()).__name__, own.strip() == own, type(Own(b" own").strip()).__name__)
# expect: bytes True bytes
