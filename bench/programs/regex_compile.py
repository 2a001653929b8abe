"""Compiling regular expressions, past the cache."""

import re

EXPECTED = 575

PATTERNS = [
    r"^(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T(\d\d):(\d\d))?$",
    r"[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?",
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""",
    r"(?i:select|insert|update|delete)\s+(?:distinct\s+)?(.+?)\s+from\s+(\w+)",
    r"(?<![\w.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?!\d)",
    r"<(\w+)(?:\s+\w+=\"[^\"]*\")*\s*>(?:.*?)</\1>",
    r"(?x) \s* (?P<name>[-\w]+) \s* : \s* (?P<value>[^\r\n]*) # header",
]


def run():
    total = 0
    for flags in (0, re.MULTILINE, re.IGNORECASE, re.DOTALL, re.ASCII):
        re.purge()
        for pattern in PATTERNS:
            compiled = re.compile(pattern, flags)
            total += compiled.groups * 10 + len(compiled.groupindex)
    return total


if __name__ == "__main__":
    assert run() == EXPECTED
