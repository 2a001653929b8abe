"""Building, splitting and searching text."""

EXPECTED = 287248


def run():
    words = [f"word{i % 97}" for i in range(36_000)]
    text = " ".join(words)
    return len(text.replace("word1", "W").split()) + text.count("word9") + len(text.upper())


if __name__ == "__main__":
    assert run() == EXPECTED
