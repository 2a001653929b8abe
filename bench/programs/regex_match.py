"""Matching, searching, splitting and replacing with regular expressions."""

import re

EXPECTED = (9924980, 2400, 28839, 29629, 7200, 900)

LINE = re.compile(r'(?P<host>\S+) - (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?P<verb>[A-Z]+) (?P<path>[^ "]+)[^"]*" (?P<status>\d{3}) (?P<size>\d+|-)')
NUMBER = re.compile(r"\d+")
PAIR = re.compile(r"(\w+)=(\w*)")
REPEATED = re.compile(r"\b(\w+) \1\b")


def run():
    lines = [
        f'10.0.{i % 256}.{i * 7 % 256} - user{i % 9} [{i % 28 + 1}/Mar/2026:10:00:{i % 60:02}] "GET /page/{i}?a={i}&b=&c=x HTTP/1.1" {200 + i % 4} {i * 31}'
        for i in range(800)
    ]
    size = pairs = 0
    for line in lines:
        found = LINE.match(line)
        size += int(found["size"]) + len(found.group("path"))
        pairs += len(PAIR.findall(found["path"]))
    text = "\n".join(lines)
    digits = sum(len(found.group()) for found in NUMBER.finditer(text))
    replaced = NUMBER.sub(lambda found: str(int(found.group()) + 1), text[:30_000])
    words = re.split(r"[\s\[\]\"]+", text)
    repeated = REPEATED.findall("this is is a test test of of words " * 300)
    return size, pairs, digits, len(replaced), len(words), len(repeated)


if __name__ == "__main__":
    assert run() == EXPECTED
