# Dates, times and durations: arithmetic, comparison, rounding, limits.
from datetime import date, datetime, time, timedelta, timezone

d = datetime(2024, 2, 28, 23, 59, 59, 999999)
print(d + timedelta(microseconds=1), d - timedelta(days=366), date(2024, 3, 1) - date(2024, 2, 28))
print(timedelta(weeks=1, hours=-1, milliseconds=1.5), timedelta(microseconds=0.5), timedelta(microseconds=1.5), -timedelta(1, 2, 3))
print(timedelta(days=1) / 7, timedelta(7) // timedelta(2), timedelta(7) % timedelta(2), divmod(timedelta(-1), timedelta(hours=7)), timedelta(3) * 1.1)
print(timedelta(hours=25).total_seconds(), timedelta.max, timedelta.min, timedelta.resolution)
east = timezone(timedelta(hours=5, minutes=30), "east")
west = timezone(-timedelta(hours=8))
a, b = datetime(2020, 1, 1, 12, tzinfo=east), datetime(2019, 12, 31, 22, 30, tzinfo=west)
print(a == b, a - b, hash(a) == hash(b), a.astimezone(west), repr(b), b.tzname(), a.utctimetuple()[:6])
print(time(1, tzinfo=east) < time(1, tzinfo=west), time(23, 30).isoformat("minutes"), time.max, min(date.max, date(5, 1, 1)))
for action in (lambda: date.max + timedelta(1), lambda: datetime(2023, 2, 29), lambda: timedelta(10**9), lambda: a < datetime.min, lambda: date.min < d,
               lambda: timezone(timedelta(1)), lambda: date(1, 2), lambda: timedelta(1) / 0, lambda: datetime(1, 1, 1, fold=2)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error, sep=": ")
# expect: 2024-02-29 00:00:00 2023-02-27 23:59:59.999999 2 days, 0:00:00
# expect: 6 days, 23:00:00.001500 0:00:00 0:00:00.000002 -2 days, 23:59:57.999997
# expect: 3:25:42.857143 3 1 day, 0:00:00 (-4, datetime.timedelta(seconds=14400)) 3 days, 7:12:00
# expect: 90000.0 999999999 days, 23:59:59.999999 -999999999 days, 0:00:00 0:00:00.000001
# expect: True 0:00:00 True 2019-12-31 22:30:00-08:00 datetime.datetime(2019, 12, 31, 22, 30, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=57600))) UTC-08:00 (2020, 1, 1, 6, 30, 0)
# expect: True 23:30 23:59:59.999999 0005-01-01
# expect: OverflowError: date value out of range
# expect: ValueError: day 29 must be in range 1..28 for month 2 in year 2023
# expect: OverflowError: days=1000000000; must have magnitude <= 999999999
# expect: TypeError: can't compare offset-naive and offset-aware datetimes
# expect: TypeError: '<' not supported between instances of 'datetime.date' and 'datetime.datetime'
# expect: ValueError: offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1)
# expect: TypeError: function missing required argument 'day' (pos 3)
# expect: ZeroDivisionError: division by zero
# expect: ValueError: fold must be either 0 or 1, not 2
