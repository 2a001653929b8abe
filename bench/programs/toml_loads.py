"""tomllib: a parser in Python, over strings, tables, arrays and dates."""

import tomllib

EXPECTED = (59, 821, 3569500.0, ["a", "b", {"path": "x/9", "optional": False}])

SECTION = """
[package.p{0}]
name = "package {0}" # a comment
version = '1.{0}.0'
description = \"\"\"
Several lines, \\
joined, with \\u00e9.\"\"\"
size = {0}_000
ratio = {0}.5e3
enabled = true
released = 2026-03-{1:02}T12:00:00Z
keys = ["a", "b", {{ path = "x/{0}", optional = false }}]

[[package.p{0}.files]]
path = "one"
[[package.p{0}.files]]
path = "two"
"""


def run():
    text = "title = 'bench'\n" + "".join([SECTION.format(i, i % 28 + 1) for i in range(1, 60)])
    data = tomllib.loads(text)
    packages = data["package"].values()
    days = sum([package["released"].day for package in packages])
    return len(packages), days, sum([package["ratio"] + package["size"] for package in packages]), data["package"]["p9"]["keys"]


if __name__ == "__main__":
    assert run() == EXPECTED
