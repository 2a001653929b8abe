# Subclasses of the types, and zones written in Python.
from datetime import date, datetime, time, timedelta, tzinfo


class Summer(tzinfo):
    """One hour ahead from July on; July 1 begins at 1 o'clock, December 31 has two evenings."""

    def utcoffset(self, dt):
        return timedelta(hours=1) + self.dst(dt)

    def dst(self, dt):
        return timedelta(hours=1) if dt is not None and dt.month >= 7 else timedelta(0)

    def __repr__(self):
        return "Summer()"

    def tzname(self, dt):
        return "SUM%d" % (self.dst(dt).seconds // 3600)


class Stamp(datetime):
    def __repr__(self):
        return "Stamp" + super().__repr__()[5:]


zone = Summer()
s = Stamp(2024, 6, 30, 23, 30, tzinfo=zone)
print(repr(s), type(s + timedelta(1)).__name__, type(s.replace(day=1)).__name__, type(Stamp.fromisoformat("2024-01-01")).__name__, type(s.date()).__name__)
print((s + timedelta(hours=1)).isoformat(), s.tzname(), (s + timedelta(1)).strftime("%Z %z"), zone.fromutc(datetime(2024, 7, 1, 5, tzinfo=zone)))
print(s.dst(), s.timetuple().tm_isdst, (s + timedelta(1)).timetuple().tm_isdst, time(1, tzinfo=zone).utcoffset())


class Broken(tzinfo):
    def utcoffset(self, dt):
        return 3600

    def tzname(self, dt):
        return 1


for action in (lambda: datetime(1, 1, 1, tzinfo=Broken()).utcoffset(), lambda: time(1, tzinfo=Broken()).tzname(), lambda: datetime(1, 1, 1, tzinfo=tzinfo()).dst(),
               lambda: datetime(1, 1, 1, tzinfo=1), lambda: Broken().fromutc(datetime(1, 1, 1))):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error, sep=": ")
print(isinstance(s, date), Stamp.min.__class__.__name__, Stamp.combine(date(1, 2, 3), time(4)).hour)
# expect: Stamp(2024, 6, 30, 23, 30, tzinfo=Summer()) Stamp Stamp Stamp date
# expect: 2024-07-01T00:30:00+02:00 SUM0 SUM1 +0200 2024-07-01 07:00:00+02:00
# expect: 0:00:00 0 1 1:00:00
# expect: TypeError: tzinfo.utcoffset() must return None or timedelta, not 'int'
# expect: TypeError: tzinfo.tzname() must return None or a string, not 'int'
# expect: NotImplementedError: a tzinfo subclass must implement dst()
# expect: TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
# expect: ValueError: fromutc: dt.tzinfo is not self
# expect: True datetime 4
