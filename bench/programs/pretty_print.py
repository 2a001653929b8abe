"""pprint: nested dicts, lists, sets and long strings."""

import pprint

EXPECTED = (30273, 928, True, 15069)


def run():
    data = {
        f"key {i}": {
            "list": list(range(i % 20)),
            "text": "word " * (i % 30),
            "tuple": (i, (i, [i])),
            "set": {i, i + 1},
            "none": None,
        }
        for i in range(80)
    }
    text = pprint.pformat(data, width=60)
    return len(text), text.count("\n"), pprint.isreadable(data), len(pprint.saferepr(data))


if __name__ == "__main__":
    assert run() == EXPECTED
