"""Which days a day form means: calendar days, weekdays, days counted from the document or from the day being told.

What the words and the document do not tell stays unknown; nothing is taken from the publication date unless the
words count from it, and then the basis says so. Layer: times.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from trucewatch.model import Reading
from trucewatch.times.forms import Day
from trucewatch.times.frame import Frame, Tense
from trucewatch.times.moments import Moment
from trucewatch.times.reading import Interval, open_interval, reading

_PRECISION = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Y": "year",
    "WE": "day",
    "TH": "hour",
    "TM": "minute",
    "TS": "minute",
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Thirds of a month and of a year that "early", "mid" and "late" stand for: first and last day or month.
_MONTH_THIRDS = {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31)}
_YEAR_THIRDS = {"early": (1, 4), "start": (1, 4), "mid": (5, 8), "late": (9, 12), "end": (9, 12)}


def resolve_day(day: Day, frame: Frame, running: Moment | None, tense: Tense, said: Moment | None) -> Interval:
    """The days that a form means.

    `running` is the day being told, `said` the day of the saying that a "would" counts from; None where unknown.
    """
    if day.form == "calendar":
        return _calendar(day, frame, running, tense)
    if day.form == "weekday":
        return _weekday(day, frame, running, tense, said)
    if day.form == "past":
        return _past(day, frame)
    if day.form == "vague":
        return open_interval(["start", "end"], "the words tell no more than about the time of writing")
    return _offset(day, frame, running)


# ---- calendar


def _calendar(day: Day, frame: Frame, running: Moment | None, tense: Tense) -> Interval:
    if day.year is not None:
        return _explicit(day)
    if day.month is None:
        return _day_alone(day, frame, running, tense)
    year, why = _year_for(day, frame, running, tense)
    if year is None:
        found = _explicit(day)
        return replace(found, missing=("year",), why="no year is told" if frame.published is None else why)
    found = _explicit(replace(day, year=year))
    basis = "narrative" if why == "narrative" else "document_date"
    return replace(found, basis=basis)


def _explicit(day: Day) -> Interval:
    if day.month is None:
        return _whole_year(day)
    if day.day is not None:
        start = _real(day.year, day.month, day.day)
        if start is None:
            return open_interval(["start", "end"], "there is no such day in that month")
        readings: tuple[Reading, ...] = ()
        if day.swapped is not None:
            other = _real(day.year, *day.swapped)
            if other is not None:
                why = "the month can stand before the day"
                readings = (reading(other, other.plus_days(1), "explicit", why),)
        return Interval(start, start.plus_days(1), "day", "explicit", readings)
    start = Moment(day.year, day.month, 1)
    end = start.plus_months(day.months)
    if day.edge in _MONTH_THIRDS and day.months == 1:
        first, last = _MONTH_THIRDS[day.edge]
        begin = replace(start, day=first)
        return Interval(begin, end if last == 31 else replace(start, day=last + 1), "week", "explicit")
    return Interval(start, end, "month", "explicit")


def _whole_year(day: Day) -> Interval:
    start = Moment(day.year, 1, 1)
    if day.edge in _YEAR_THIRDS:
        first, last = _YEAR_THIRDS[day.edge]
        return Interval(replace(start, month=first), start.plus_months(last), "month", "explicit")
    end = Moment((day.year or 0) + day.years, 1, 1)
    return Interval(start, end, "year", "explicit")


def _real(year: int | None, month: int, day: int) -> Moment | None:
    try:
        date(year if year is not None else 2000, month, day)
    except ValueError:
        return None
    return Moment(year, month, day)


def _year_for(day: Day, frame: Frame, running: Moment | None, tense: Tense) -> tuple[int | None, str]:
    """The year of a day or month told without one, and whether another date of the text or the document gives it."""
    origin = frame.published
    if origin is None or origin.year is None:
        if running is not None and running.year is not None and day.which is None:
            return _nearest_year(day, running), "narrative"
        return None, "no year is told"
    if day.which in ("last year", "this year"):
        return origin.year - (day.which == "last year"), "document_date"
    if origin.month is None:
        return origin.year if day.which is None else None, "document_date"
    year = _nearest_year(day, origin)
    if day.which == "last":
        # Of the month just gone one says "last month", so that "last February" in March is a year back.
        year = origin.year if (day.month or 0) < origin.month - 1 else origin.year - 1
    elif day.which == "next":
        year = origin.year if (day.month or 0) > origin.month else origin.year + 1
    elif day.which == "this":
        year = origin.year
    elif tense == "past" and (year, day.month or 0) > (origin.year, origin.month + (day.day is not None)):
        year -= 1
    return year, "document_date"


def _nearest_year(day: Day, origin: Moment) -> int:
    """The year that brings a month or day nearest to an origin."""
    year, month = origin.year or 0, origin.month or 6
    gap = (day.month or 6) - month
    return year - 1 if gap > 6 else year + 1 if gap < -6 else year


def _day_alone(day: Day, frame: Frame, running: Moment | None, tense: Tense) -> Interval:
    """ "the 20th": of the month being told, else of the document's."""
    origin, basis = (running, "narrative") if running and running.month else (frame.published, "document_date")
    number = day.day or 1
    if origin is None or origin.month is None:
        start = Moment(None, None, number)
        return Interval(start, None, "day", "explicit", missing=("year", "month"), why="no month is told for the day")
    start = Moment(origin.year, origin.month, number)
    if basis == "document_date" and tense == "past" and number > (origin.day or 31):
        start = start.plus_months(-1)
    checked = _real(start.year, start.month or 1, number)
    if checked is None:
        return open_interval(["start", "end"], "there is no such day in that month")
    return Interval(checked, checked.plus_days(1), "day", basis)


# ---- weekdays


def _weekday(day: Day, frame: Frame, running: Moment | None, tense: Tense, said: Moment | None) -> Interval:
    name = _WEEKDAYS[day.weekday or 0]
    from_running = day.which in ("previous", "following", "that")
    origin = running.date if from_running and running else frame.day
    basis = "narrative" if from_running else "document_date"
    if origin is None and running is not None and running.date is not None:
        origin, basis = running.date, "narrative"
    if origin is None:
        known = Interval(Moment(), Moment(), "day", None, missing=("year", "month", "day"))
        return replace(known, why=f"which {name} is not told: no published date to count from")
    there, other = _weekday_near(day, origin, tense, said.date if said else None)
    start = Moment.of(there)
    readings: tuple[Reading, ...] = ()
    if other is not None:
        why = f"the {name} on the other side of the report's date"
        readings = (reading(Moment.of(other), Moment.of(other + timedelta(1)), basis, why),)
    return Interval(start, start.plus_days(1), "day", basis, readings)


def _weekday_near(day: Day, origin: date, tense: Tense, said: date | None) -> tuple[date, date | None]:
    """The date of a weekday by tense, and another reading where the tense leaves it open."""
    wanted = day.weekday or 0
    back = timedelta((origin.weekday() - wanted) % 7)
    forth = timedelta((wanted - origin.weekday()) % 7)
    which = day.which
    if which in ("last", "past", "previous"):
        return origin - (back or timedelta(7)), None
    if which in ("next", "coming", "following"):
        return origin + (forth or timedelta(7)), None
    if which in ("last week", "next week", "this week"):
        monday = origin - timedelta(origin.weekday())
        step = {"last week": -7, "next week": 7}.get(which, 0)
        return monday + timedelta(step + wanted), None
    if tense == "future":
        return origin + forth, None
    if tense == "would":
        if said is not None and said <= origin:
            return said + timedelta((wanted - said.weekday()) % 7), None
        near = origin + forth if forth <= back else origin - back
        far = origin - back if near > origin else origin + forth
        return near, (far if far != near else None)
    return origin - back, None


# ---- offsets


def _past(day: Day, frame: Frame) -> Interval:
    """ "the past 24 hours", "the next three days": counted in whole days from the document's date."""
    unit = {"TS": "S", "TM": "M", "TH": "H"}.get(day.unit, day.unit)
    count = None if day.n is None else abs(day.n)
    amount = None if count is None else f"{count:g}"
    duration = None if amount is None else f"PT{amount}{unit}" if day.unit.startswith("T") else f"P{amount}{unit}"
    if frame.day is None:
        why = "no published date to count from"
        return replace(open_interval(["start", "end"], why, duration), duration=duration)
    today = Moment.of(frame.day)
    backward = day.which == "last"
    if day.n is None:
        why = "how long is not told"
        if backward:
            return Interval(None, today, _PRECISION.get(day.unit, "day"), "document_date", missing=("start",), why=why)
        return Interval(today, None, _PRECISION.get(day.unit, "day"), "document_date", missing=("end",), why=why)
    there = _shifted(today, day.n, day.unit)
    precision = "day" if day.unit.startswith("T") else _PRECISION.get(day.unit, "day")
    if not backward:
        return Interval(today, there, precision, "document_date", duration=duration)
    readings: tuple[Reading, ...] = ()
    if day.unit.startswith("T"):
        why = "the whole days before that of the report"
        readings = (reading(there, today, "document_date", why),)
        return Interval(there, today.plus_days(1), precision, "document_date", readings, duration=duration)
    if day.unit == "D":
        why = "the stretch can reach into the day of the report"
        readings = (reading(there, today.plus_days(1), "document_date", why),)
    return Interval(there, today, precision, "document_date", readings, duration=duration)


def _shifted(origin: Moment, count: float, unit: str) -> Moment:
    if unit == "M":
        return origin.plus_months(round(count))
    if unit == "Y":
        return origin.plus_months(round(count * 12))
    hours = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600, "W": 168.0}.get(unit, 24.0) * count
    days = hours / 24
    whole = int(days)
    if days != whole:
        whole += 1 if days > 0 else -1
    return origin.plus_days(whole)


def _offset(day: Day, frame: Frame, running: Moment | None) -> Interval:
    """ "yesterday", "two weeks ago", "last month", "the next day"."""
    narrative = day.ref == "narrative"
    if narrative:
        origin, basis = running, "narrative"
    else:
        origin, basis = (Moment.of(frame.day) if frame.day else frame.published), "document_date"
    if origin is None:
        why = "no day told before to count from" if narrative else "no published date to count from"
        return (
            Interval(
                Moment(), Moment(), "day" if day.unit == "D" else None, None, missing=("year", "month", "day"), why=why
            )
            if day.unit == "D"
            else open_interval(["start", "end"], why)
        )
    if day.n is None:
        why = "how long ago is not told" if day.which != "later" else "how long after is not told"
        start_known = day.which == "later"
        return Interval(
            origin if start_known else None,
            None if start_known else origin,
            _PRECISION.get(day.unit, "day"),
            basis,
            missing=("end",) if start_known else ("start",),
            why=why,
        )
    found = _period(day, origin, basis)
    return _with_edge(found, day, origin)


def _period(day: Day, origin: Moment, basis: str) -> Interval:
    unit, count = day.unit, day.n or 0
    if unit == "Y":
        start = Moment(origin.year + round(count) if origin.year is not None else None, 1, 1)
        return Interval(start, replace(start, year=None if start.year is None else start.year + 1), "year", basis)
    if unit == "M":
        if origin.month is None:
            return open_interval(["start", "end"], "no month is known to count from")
        start = replace(origin, day=1, minute=None).plus_months(round(count))
        return Interval(start, start.plus_months(1), "month", basis, _thirty_days(day, origin, basis))
    if not origin.dated:
        return open_interval(["start", "end"], "no day is known to count from")
    if unit in ("W", "WE"):
        return _weeks(day, origin, basis)
    if unit.startswith("T"):
        minutes = round(count * {"TH": 60, "TM": 1}.get(unit, 0))
        if origin.minute is None:
            why = "the hour from which to count is not told"
            return Interval(origin, origin.plus_days(1), "day", basis, missing=("hour",), why=why)
        start = origin.plus_minutes(minutes)
        return Interval(start, start.plus_minutes(60 if unit == "TH" else 1), _PRECISION[unit], basis)
    start = replace(origin, minute=None).plus_days(round(count))
    return Interval(start, start.plus_days(1), "day", basis)


def _thirty_days(day: Day, origin: Moment, basis: str) -> tuple[Reading, ...]:
    if day.n != -1 or day.ref == "narrative" or not origin.dated:
        return ()
    why = "the thirty days before the report instead of the calendar month"
    return (reading(origin.plus_days(-30), origin, basis, why),)


def _weeks(day: Day, origin: Moment, basis: str) -> Interval:
    there = origin.date
    if there is None:
        return open_interval(["start", "end"], "no year is known, so no week")
    monday = Moment.of(there - timedelta(there.weekday())).plus_days(round((day.n or 0) * 7))
    if day.unit == "WE":
        recent = monday.plus_days(5)
        if not day.n and there.weekday() < 5:
            recent = recent.plus_days(-7)
        return Interval(recent, recent.plus_days(2), "day", basis)
    readings: tuple[Reading, ...] = ()
    if day.n == -1 and day.ref == "document":
        why = "the seven days before the report instead of the calendar week"
        readings = (reading(Moment.of(there).plus_days(-7), Moment.of(there), basis, why),)
    if day.which in ("earlier", "later") and abs(day.n or 0) >= 1:
        exact = Moment.of(there).plus_days(round((day.n or 0) * 7))
        readings = (reading(exact, exact.plus_days(1), basis, "the very day so many weeks from then"),)
    return Interval(monday, monday.plus_days(7), "week", basis, readings)


def _with_edge(found: Interval, day: Day, origin: Moment) -> Interval:
    """Narrow a month, week or year by "early", "late", "earlier" or "later"."""
    if day.edge is None or found.start is None or found.end is None or found.precision == "day":
        return found
    here = replace(origin, minute=None)
    if day.edge == "earlier" and not day.n and here.dated and here != found.start:
        return replace(found, end=here)
    if day.edge == "later" and not day.n and here.dated:
        return replace(found, start=here)
    if found.precision == "month" and day.edge in _MONTH_THIRDS:
        first, last = _MONTH_THIRDS[day.edge]
        end = found.end if last == 31 else replace(found.start, day=last + 1)
        return replace(found, start=replace(found.start, day=first), end=end, precision="week", readings=())
    if found.precision == "year" and day.edge in _YEAR_THIRDS:
        first, last = _YEAR_THIRDS[day.edge]
        return replace(
            found, start=replace(found.start, month=first), end=found.start.plus_months(last), precision="month"
        )
    return found
