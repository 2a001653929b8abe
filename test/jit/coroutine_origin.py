"""Where a coroutine was made (sys.set_coroutine_origin_tracking_depth), when its caller is compiled."""
import sys


async def coroutine():
    return 1


def make():
    return coroutine()


def outer():
    made = make()
    origin = made.cr_origin
    made.close()
    return origin


for _ in range(300):
    assert outer() is None
sys.set_coroutine_origin_tracking_depth(2)
print({tuple((line, name) for _, line, name in outer()) for _ in range(300)})  # expect: {((10, 'make'), (14, 'outer'))}
sys.set_coroutine_origin_tracking_depth(0)
print(outer())  # expect: None
