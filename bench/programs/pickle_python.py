"""Pickle's Python implementation: dumps and loads of nested data and instances."""

import io
import pickle

EXPECTED = 30583

Pickler = pickle._Pickler
Unpickler = pickle._Unpickler


class PlainPickler(Pickler):
    """A subclass, as programs that keep persistent objects write: the hook is called for every object."""

    def persistent_id(self, obj):
        return None


def round_trip(data, protocol):
    out = io.BytesIO()
    PlainPickler(out, protocol).dump(data)
    text = out.getvalue()
    return text, Unpickler(io.BytesIO(text)).load()


def run():
    data = {
        "numbers": list(range(-400, 400)),
        "floats": [i / 3 for i in range(300)],
        "texts": [f"text {i}" for i in range(300)],
        "pairs": {(i, str(i)): {i, -i} for i in range(150)},
        "shared": [[None, True, b"bytes"]] * 10,
        "big": [2**i for i in range(0, 200, 20)],
    }
    size = 0
    for protocol in (2, 5):
        text, back = round_trip(data, protocol)
        assert back == data and back["shared"][0] is back["shared"][9]
        size += len(text)
    return size


if __name__ == "__main__":
    assert run() == EXPECTED
