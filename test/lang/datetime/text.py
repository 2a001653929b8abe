# ISO 8601 both ways, strftime, strptime, ordinals and ISO weeks.
import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone

for text in ("2024-02-29", "20240229T1530", "2024-W09-4 15", "2024W094T153000,1234567Z", "2024-02-29T24:00", "2024-02-29x01:02:03.5-00:30:15"):
    print(datetime.fromisoformat(text).isoformat())
for text in ("2024-2-29", "2024-02-30", "2024-W54-1", "2024-02-29T", "2024-02-29T1:00", "2024-02-29T10:00+24:00", "2024-02-29T24:01"):
    try:
        print(datetime.fromisoformat(text))
    except ValueError as error:
        print(error)
moment = datetime(33, 7, 4, 5, 6, 7, 89, tzinfo=timezone(timedelta(hours=-3, seconds=5)))
print(moment.strftime("%Y %G-%V-%u %j %f %z %:z %Z %% %F %a"), f"{moment:%H:%M}", moment.ctime(), sep=" | ")
print(datetime.strptime("Thu 29 Feb 2024 03PM +0130", "%a %d %b %Y %I%p %z"), date.strptime("24-3-1", "%y-%m-%d"), time.strptime("7:5", "%H:%M"))
print(date.fromordinal(738945), date(2021, 1, 3).isocalendar(), date.fromisocalendar(2020, 53, 7), date(1, 1, 1).weekday(), moment.timetuple()[:8])
print(datetime.fromtimestamp(1.5e9 + 0.1234565, UTC), datetime.fromtimestamp(-1, UTC), datetime(1970, 1, 2, tzinfo=UTC).timestamp())
for value in (moment, moment.date(), moment.timetz().replace(fold=1), timedelta(-1, 5), UTC, moment.tzinfo):
    for protocol in range(6):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
print(pickle.loads(pickle.dumps(moment.timetz().replace(fold=1), 4)).fold, pickle.loads(pickle.dumps(UTC)) is UTC)
# expect: 2024-02-29T00:00:00
# expect: 2024-02-29T15:30:00
# expect: 2024-02-29T15:00:00
# expect: 2024-02-29T15:30:00.123456+00:00
# expect: 2024-03-01T00:00:00
# expect: 2024-02-29T01:02:03.500000-00:30:15
# expect: Invalid isoformat string: '2024-2-29'
# expect: day 30 must be in range 1..29 for month 2 in year 2024
# expect: Invalid isoformat string: '2024-W54-1'
# expect: Invalid isoformat string: '2024-02-29T'
# expect: Invalid isoformat string: '2024-02-29T1:00'
# expect: offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1)
# expect: minute, second, and microsecond must be 0 when hour is 24
# expect: 0033 0033-27-1 185 000089 -025955 -02:59:55 UTC-02:59:55 % 0033-07-04 Mon | 05:06 | Mon Jul  4 05:06:07 0033
# expect: 2024-02-29 15:00:00+01:30 2024-03-01 07:05:00
# expect: 2024-02-29 datetime.IsoCalendarDate(year=2020, week=53, weekday=7) 2021-01-03 0 (33, 7, 4, 5, 6, 7, 0, 185)
# expect: 2017-07-14 02:40:00.123456+00:00 1969-12-31 23:59:59+00:00 86400.0
# expect: 1 True
