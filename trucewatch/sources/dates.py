"""Dates as pages print them: full dates with or without an hour, and nothing guessed.

A date is given back only where day, month and year all stand in the words. What can be read two ways
(10/12/2016) is told as such. Layer: sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from trucewatch.model import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEARS = re.compile(r"(?:19|20)\d\d")
_FORMS = (
    rf"{_WEEKDAY}(?:the\s+)?\b{_DAY}(?:\s+of)?[\s.\-/]+{_MONTH}[\s,.\-/]+{_YEAR}\b",
    rf"{_WEEKDAY}\b{_MONTH}[\s\-]*{_DAY}(?:\s*,\s*|\s+|(?<=\d\d)){_YEAR}\b",
    rf"{_WEEKDAY}\b{_YEAR}(?P<sep>[-/.])(?P<num_month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)",
    rf"{_WEEKDAY}\b{_YEAR}\s+{_MONTH}\s+{_DAY}\b",
    rf"{_WEEKDAY}\b(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep){_YEAR}",
)
_ZONE = (
    r"(?:\s*\(?(?P<zone>(?:GMT|UTC)\s*[+\-−]\s*\d{1,2}(?::?\d\d)?|GMT|UTC|Z\b|BST|CEST|CET|EEST|EET|MSK|EDT|EST"
    r"|CDT|CST|PDT|PST|AST|IST|[+\-−]\d\d:?\d\d)\b\)?)?"
)
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?P<colon>[:.h]?)(?P<minute>[0-5]\d)(?!\d)(?::[0-5]\d(?:\.\d+)?)?"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?{_ZONE}"
)
_AFTER = re.compile(rf"(?:\s*(?:,|at|-|–|—|\||·|T|/)?\s*|\s+at\s+){_CLOCK}", re.IGNORECASE)
_BEFORE = re.compile(rf"\b{_CLOCK}(?:\s*(?:,|on|-|–|—|\||·|/)?\s*)$", re.IGNORECASE)
#: Hours east of Greenwich. IST and CST mean several zones and are told as no zone.
_OFFSETS = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "EDT": -4, "EST": -5,
    "CDT": -5, "PDT": -7, "PST": -8,
}  # fmt: skip
_ISO = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s*(?P<zone>Z|[+\-]\d\d:?\d\d)?)?"
)


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date found in words: ISO value (None where it can be read two ways), precision and span."""

    value: str | None
    precision: str | None
    span: Span


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


def find_date(text: str, start: int = 0, end: int | None = None) -> PageDate | None:
    """The first full date in text[start:end], with the hour that stands at it; None where there is none."""
    end = len(text) if end is None else end
    if _YEARS.search(text, start, end) is None:
        return None
    found = [m for p in _patterns() if (m := p.search(text, start, end))]
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        read = _read(match)
        if read is not None:
            return _with_clock(text, match, read, start, end)
    return None


def _read(match: re.Match[str]) -> date | str | None:
    """The date of a match; "ambiguous" where day and month may be swapped; None for no date at all."""
    group = match.groupdict()
    if group.get("first"):
        return _numeric(int(group["first"]), int(group["second"]), int(group["year"]), group["sep"])
    month = group.get("num_month")
    number = int(month) if month else _MONTHS.index(group["month"][:3].lower()) + 1
    return _date(int(group["year"]), number, int(group["day"]))


def _numeric(first: int, second: int, year: int, sep: str) -> date | str | None:
    """Dots mean day.month.year; with strokes both orders are in use, so both must agree or one be no date."""
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if sep == "." or month_first is None or month_first == day_first:
        return day_first
    return month_first if day_first is None else "ambiguous"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_clock(text: str, match: re.Match[str], read: date | str, start: int, end: int) -> PageDate:
    if isinstance(read, str):
        return PageDate(None, None, match.span())
    after = _AFTER.match(text, match.end(), end)
    if after is not None and _is_clock(after):
        return _moment(read, after, (match.start(), after.end()))
    before = _BEFORE.search(text, max(start, match.start() - 30), match.start())
    if before is not None and _is_clock(before):
        return _moment(read, before, (before.start(), match.end()))
    return PageDate(read.isoformat(), "day", match.span())


def _is_clock(match: re.Match[str]) -> bool:
    """Four digits without a colon are an hour only beside "at", a zone, or when they start with 0."""
    if match["colon"]:
        return match["colon"] != "." or bool(match["half"] or match["zone"])
    bare = match[0].strip().lower()
    return (
        bool(match["half"] or match["zone"]) or bare.startswith("at") or len(match["hour"]) == 2 > int(match["hour"][0])
    )


def _moment(day: date, clock: re.Match[str], span: Span) -> PageDate:
    hour, half = int(clock["hour"]), (clock["half"] or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return PageDate(f"{day.isoformat()}T{hour:02d}:{clock['minute']}{_offset(clock['zone'])}", "minute", span)


def _offset(zone: str | None) -> str:
    """The ISO offset of a zone's name, "" where it is not told or means several."""
    if not zone:
        return ""
    name = zone.upper().replace("−", "-").replace(" ", "")
    if name in _OFFSETS:
        hours = _OFFSETS[name]
        return "Z" if hours == 0 else f"{hours:+03d}:00"
    match = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", name)
    if match is None:
        return ""
    return f"{match[1]}{int(match[2]):02d}:{match[3] or '00'}"


def parse_iso(value: str) -> tuple[str, str] | None:
    """ISO value and precision of a machine-written date ("2016-10-20T08:00:00Z", "2016-10-20"), else None."""
    match = _ISO.fullmatch(value.strip())
    if match is None or _real(match) is None:
        return None
    if not match["time"]:
        return match["date"], "day"
    zone = match["zone"] or ""
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{match['date']}T{match['time']}{'Z' if zone == '+00:00' else zone}", "minute"


def _real(match: re.Match[str]) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{match['date']}T{match['time'] or '00:00'}").replace(
            tzinfo=timezone(timedelta(0))
        )
    except ValueError:
        return None
