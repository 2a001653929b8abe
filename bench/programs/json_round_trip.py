"""JSON: dumps and loads of records, compact, indented and sorted."""

import json

EXPECTED = 259837


def make(count):
    return [
        {
            "id": i,
            "name": f"user {i}",
            "tags": ["a", "b\n", "\u00e9\u20ac", str(i)],
            "score": i / 7,
            "active": i % 2 == 0,
            "parent": None,
            "nested": {"x": [1, 2, 3], "y": {"z": -i}},
        }
        for i in range(count)
    ]


def run():
    data = make(600)
    size = 0
    for text in (
        json.dumps(data),
        json.dumps(data, separators=(",", ":"), ensure_ascii=False),
        json.dumps(data[:200], indent=2, sort_keys=True),
    ):
        size += len(text)
        back = json.loads(text)
        size += back[-1]["nested"]["y"]["z"]
    return size


if __name__ == "__main__":
    assert run() == EXPECTED
