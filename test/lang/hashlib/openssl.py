"""Key derivation, HMAC and digests of the host's OpenSSL."""
import hashlib
import hmac
import _hashlib

print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1000, 20).hex())  # expect: 632c2812e46d4604102ba7618e9d6d7d2f8128f6
print(hashlib.scrypt(b"secret", salt=b"salt", n=16, r=8, p=1, dklen=16).hex())  # expect: 0ed302ff62eeaf787efc5477f9ab248b
for call in [
    lambda: hashlib.pbkdf2_hmac("nothing", b"p", b"s", 1),
    lambda: hashlib.pbkdf2_hmac("sha1", b"p", b"s", 0),
    lambda: hashlib.scrypt(b"p", salt=b"s", n=3, r=8, p=1),
    lambda: hashlib.scrypt(b"p", salt=b"s", n=2 ** 20, r=8, p=1),
    lambda: hashlib.scrypt(b"p", salt=b"s", n=2, r=0, p=1),
    lambda: hmac.new(b"k", b"m", "shake_128"),
    lambda: hashlib.sha256("text"),
    lambda: hmac.compare_digest(b"a", "a"),
]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# expect: UnsupportedDigestmodError [digital envelope routines] unsupported
# expect: ValueError iteration value must be greater than 0.
# expect: ValueError n must be a power of 2.
# expect: ValueError [digital envelope routines] memory limit exceeded
# expect: ValueError Invalid parameter combination for n, r, p, maxmem.
# expect: ValueError no reason supplied
# expect: TypeError Strings must be encoded before hashing
# expect: TypeError a bytes-like object is required, not 'str'

code = hmac.new(b"k" * 100, b"mess", hashlib.sha512)
other = code.copy()
other.update(b"age")
print(code.name, other.hexdigest() == hmac.digest(b"k" * 100, b"message", "sha512").hex())  # expect: hmac-sha512 True
print(hmac.new(b"k", b"m", hashlib.blake2s).hexdigest()[:16])  # expect: 998d5d39acad301f
print(hashlib.new("SHA2-512/256", b"x").name, hashlib.new("ripemd160", b"x").hexdigest()[:8])  # expect: sha512_256 11ff33c6
shake = hashlib.shake_256(b"a")
shake.update(b"b")
print(shake.hexdigest(5), shake.digest_size, isinstance(shake, _hashlib.HASHXOF))  # expect: effb6ac214 0 True
print(sorted(hashlib.algorithms_available - hashlib.algorithms_guaranteed))
# expect: ['md5-sha1', 'ripemd160', 'sha512_224', 'sha512_256', 'sm3']
