"""Building, splitting and searching text."""


def run():
    words = [f"word{i % 97}" for i in range(12_000)]
    text = " ".join(words)
    return len(text.replace("word1", "W").split()) + text.count("word9") + len(text.upper())


if __name__ == "__main__":
    import time

    end = time.perf_counter() + 1.0
    while time.perf_counter() < end:
        run()
    best = min((lambda t: (run(), time.perf_counter() - t)[1])(time.perf_counter()) for _ in range(10))
    print(f"ms {best * 1000:.3f}")
