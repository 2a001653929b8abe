# A time zone from a file: transitions, the rule behind them, folds and gaps, without any time zone data of the machine.
import io
import pickle
import struct
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def tzif(transitions, types, rule):
    """A version 2 file: [(utc seconds, type index)], [(offset, isdst, name)], TZ string."""
    names = b"".join(name + b"\0" for _, _, name in types)
    body = struct.pack(">4s1s15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 1) + struct.pack(">lbb", 0, 0, 0) + b"\0"
    body += struct.pack(">4s1s15x6l", b"TZif", b"2", 0, 0, 0, len(transitions), len(types), len(names))
    body += b"".join(struct.pack(">q", when) for when, _ in transitions) + bytes(index for _, index in transitions)
    body += b"".join(struct.pack(">lbb", offset, isdst, names.index(name)) for offset, isdst, name in types)
    return io.BytesIO(body + names + b"\n" + rule + b"\n")


first = int(datetime(2000, 3, 26, 1, tzinfo=UTC).timestamp())
second = int(datetime(2000, 10, 29, 1, tzinfo=UTC).timestamp())
zone = ZoneInfo.from_file(tzif([(first, 1), (second, 0)], [(3600, 0, b"ONE"), (7200, 1, b"TWO")], b"ONE-1TWO,M3.5.0,M10.5.0/3"), key="Test/Zone")
print(zone, repr(zone), zone.key, time(1, tzinfo=zone).utcoffset())
for year in (1999, 2000, 2020):
    for month in (1, 7):
        when = datetime(year, month, 1, 12, tzinfo=zone)
        print(when.isoformat(), when.tzname(), when.dst(), end=" | ")
    print(datetime(year, 7, 1, 12, tzinfo=UTC).astimezone(zone))
gap = datetime(2000, 3, 26, 2, 30, tzinfo=zone)
overlap = datetime(2000, 10, 29, 2, 30, tzinfo=zone)
print(gap.utcoffset(), gap.replace(fold=1).utcoffset(), overlap.tzname(), overlap.replace(fold=1).tzname(), overlap == overlap.replace(fold=1))
for minutes in (-90, -30, 30, 90):
    local = (datetime.fromtimestamp(second, UTC) + timedelta(minutes=minutes)).astimezone(zone)
    print(local.time(), local.fold, local.tzname(), local.astimezone(UTC).time())
fixed = ZoneInfo.from_file(tzif([], [(-12600, 0, b"-0330")], b"<-0330>3:30"))
print(time(1, tzinfo=fixed).utcoffset(), fixed.tzname(None), fixed.dst(None), str(fixed).startswith("zoneinfo.ZoneInfo.from_file(<"))
for action in (lambda: pickle.dumps(fixed), lambda: ZoneInfo("no/such/zone"), lambda: ZoneInfo("../etc/passwd"), lambda: fixed.fromutc(datetime(1, 1, 1)),
               lambda: ZoneInfo.from_file(tzif([], [(0, 0, b"A")], b"ABC3DEF"))):
    try:
        print(action())
    except (ZoneInfoNotFoundError, ValueError, TypeError, pickle.PicklingError) as error:
        print(type(error).__name__)
# expect: Test/Zone zoneinfo.ZoneInfo(key='Test/Zone') Test/Zone None
# expect: 1999-01-01T12:00:00+01:00 ONE 0:00:00 | 1999-07-01T12:00:00+01:00 ONE 0:00:00 | 1999-07-01 13:00:00+01:00
# expect: 2000-01-01T12:00:00+01:00 ONE 0:00:00 | 2000-07-01T12:00:00+02:00 TWO 1:00:00 | 2000-07-01 14:00:00+02:00
# expect: 2020-01-01T12:00:00+01:00 ONE 0:00:00 | 2020-07-01T12:00:00+02:00 TWO 1:00:00 | 2020-07-01 14:00:00+02:00
# expect: 1:00:00 2:00:00 TWO ONE True
# expect: 01:30:00 0 TWO 23:30:00
# expect: 02:30:00 0 TWO 00:30:00
# expect: 02:30:00 1 ONE 01:30:00
# expect: 03:30:00 0 ONE 02:30:00
# expect: -1 day, 20:30:00 -0330 0:00:00 True
# expect: PicklingError
# expect: ZoneInfoNotFoundError
# expect: ValueError
# expect: ValueError
# expect: ValueError
