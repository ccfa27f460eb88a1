"""The grammar of days told by the calendar: "20 October 2016", "Oct. 18-20", "Wednesday", "late October", "2014".

Every function takes lexemes and an index, and gives what it read with the index after it, or None.
"""

from __future__ import annotations

from dataclasses import replace

from trucewatch.times.forms import Day
from trucewatch.times.lexer import Lexeme, Lexemes
from trucewatch.times.tables import load_tables

#: Month and weekday words that mean something else in lower case or alone.
_AMBIGUOUS = frozenset(
    [
        "may",
        "march",
        "mar",
        "jan",
        "dec",
        "sun",
        "sat",
        "mon",
        "wed",
        "sep",
        "tue",
        "fri",
        "thu",
        "apr",
        "jun",
        "jul",
        "feb",
    ]
)
_NEEDS_PREPOSITION = frozenset(["may", "march", "april", "june", "august"])
_SHORT_DAYS = frozenset(["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"])
_SHORT_MONTHS = frozenset(["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"])
_TIME_PREPS = frozenset(
    [
        "in",
        "since",
        "of",
        "by",
        "until",
        "till",
        "from",
        "to",
        "between",
        "and",
        "during",
        "through",
        "before",
        "after",
        "early",
        "late",
        "mid",
        "year",
        "last",
        "next",
        "this",
        "around",
        "about",
        "for",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
        "end",
        "beginning",
        "start",
        "early-",
        "late-",
        "mid-",
        "or",
    ]
)
_DASHES = frozenset("-–—/")
_ZONE_WORDS = frozenset(["gmt", "utc", "hours", "hrs", "local"])


def month_of(lx: Lexemes, i: int) -> int | None:
    """The month that lexeme i names, or None: "may" and "march" only with a capital."""
    item = lx[i]
    month = load_tables().months.get(item.low)
    if month is None or (item.low in _AMBIGUOUS and not item.text[0].isupper()):
        return None
    return month


def weekday_of(lx: Lexemes, i: int) -> int | None:
    """The weekday that lexeme i names, or None; a short form wants a capital."""
    item = lx[i]
    day = load_tables().weekdays.get(item.low)
    if day is None or (item.low in _SHORT_DAYS and not item.text[0].isupper()):
        return None
    return day


def _dot(lx: Lexemes, i: int) -> int:
    """Pass the dot of an abbreviation."""
    if lx.low(i) == "." and lx.glued(i) and lx.low(i - 1) in _SHORT_MONTHS | _SHORT_DAYS:
        return i + 1
    return i


def day_number(item: Lexeme) -> int | None:
    """The day of a month that a lexeme can be: 1 to 31, "20" or "20th"."""
    digits = item.text.rstrip("stndrhSTNDRH ") if item.kind == "ordinal" else item.text
    if item.kind not in ("number", "ordinal") or not digits.isdigit() or len(digits) > 2:
        return None
    return int(digits) if 1 <= int(digits) <= 31 else None


def year_of(lx: Lexemes, i: int) -> int | None:
    """The year that lexeme i can be: four digits from 1800 to 2100, no clock."""
    item = lx[i]
    if item.kind != "number" or len(item.text) != 4 or not item.text.isdigit():
        return None
    year = int(item.text)
    if not 1800 <= year <= 2100 or lx.low(i + 1) in _ZONE_WORDS or lx[i + 1].kind == "meridiem":
        return None
    return year


def _year_after(lx: Lexemes, i: int) -> tuple[int | None, int]:
    j = i + 1 if lx.low(i) in (",", "of") else i
    year = year_of(lx, j)
    if year is None and lx.low(i) == "last" and lx.low(i + 1) == "year":
        return None, i
    return (year, j + 1) if year is not None else (None, i)


def calendar(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    """A day, month or year of the calendar, with a weekday before it where there is one."""
    weekday, j = _weekday_before(lx, i)
    read = _numeric(lx, j) or _day_month(lx, j) or _month_day(lx, j)
    if read is None and weekday is None:
        return _edged(lx, i) or _month(lx, i) or _year(lx, i) or _season(lx, i) or _ordinal_day(lx, i)
    if read is None:
        return None
    day, k = read
    if weekday is None:
        weekday, k = _weekday_after(lx, k)
    return replace(day, weekday=weekday), k


def _weekday_before(lx: Lexemes, i: int) -> tuple[int | None, int]:
    weekday = weekday_of(lx, i)
    if weekday is None:
        return None, i
    j = _dot(lx, i + 1)
    if lx.low(j) == "," or (lx.low(j) in ("-", "–") and not lx.glued(j)):
        j += 1
    if lx.low(j) == "the" and lx[j + 1].kind == "ordinal":
        j += 1
    return weekday, j


def _weekday_after(lx: Lexemes, i: int) -> tuple[int | None, int]:
    """A weekday told after the date: "20 October (Thursday)", "October 20, Thursday"."""
    opened = lx.low(i) in ("(", ",")
    weekday = weekday_of(lx, i + 1) if opened else None
    if weekday is None:
        return None, i
    if lx.low(i) == "(":
        return (weekday, i + 3) if lx.low(i + 2) == ")" else (None, i)
    return (weekday, i + 2) if lx.low(i + 2) in (",", ".", "") else (None, i)


def _numeric(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    item = lx[i]
    if item.kind == "iso":
        year, month, day = (int(field) for field in item.text[:10].rstrip("T").split("-")[:3])
        return (Day("calendar", year, month, day), i + 1) if _valid(month, day) else None
    if item.kind != "numdate":
        return None
    first, second, year = (int(field) for field in item.text.replace("/", "-").replace(".", "-").split("-"))
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    if _valid(second, first):
        swapped = (first, second) if _valid(first, second) and first != second and "." not in item.text else None
        return Day("calendar", year, second, first, swapped=swapped), i + 1
    return (Day("calendar", year, first, second), i + 1) if _valid(first, second) else None


def _valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _day_month(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    """ "20 October 2016", "the 20th of October"."""
    j = i + 1 if lx.low(i) == "the" and lx[i + 1].kind == "ordinal" else i
    day = day_number(lx[j])
    if day is None:
        return None
    k = j + 1 + (lx.low(j + 1) == "of")
    if lx.low(k) in ("-", ".") and lx.glued(k) and lx.glued(k + 1):
        k += 1
    month = month_of(lx, k)
    if month is None or not _valid(month, day) or (lx.low(k) == "may" and lx.low(k + 1) in ("be", "have")):
        return None
    k = _dot(lx, k + 1)
    if lx.low(k) == "-" and lx.glued(k) and year_of(lx, k + 1):
        k += 1
    year, k = _year_after(lx, k)
    return Day("calendar", year, month, day), k


def _month_day(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    """ "October 20, 2016", "Oct. 20th"."""
    month = month_of(lx, i)
    if month is None:
        return None
    j = _dot(lx, i + 1)
    j += lx.low(j) == "the"
    day = day_number(lx[j])
    if day is None or not _valid(month, day) or lx[j + 1].low in ("%", "percent") or lx[j + 1].kind == "meridiem":
        return None
    if lx.low(j + 1) == ":" and lx.glued(j + 1) and lx[j + 2].kind == "number" and lx.glued(j + 2):
        return None
    year, k = _year_after(lx, j + 1)
    return Day("calendar", year, month, day), k


def _edged(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    """ "early October", "mid-2016", "the end of October"."""
    low = lx.low(i)
    j = i
    if low in ("early", "late", "mid"):
        j, edge = i + 1 + (lx.low(i + 1) in _DASHES), low
        j += lx.low(j) == "in" and low != "mid"
    else:
        j += low == "the"
        if lx.low(j) not in ("end", "beginning", "start", "middle") or lx.low(j + 1) != "of":
            return None
        edge = {"end": "end", "middle": "mid"}.get(lx.low(j), "start")
        j += 2
    read = _month(lx, j, led=True) or _year(lx, j, led=True)
    return (replace(read[0], edge=edge), read[1]) if read else None


def _month(lx: Lexemes, i: int, *, led: bool = False) -> tuple[Day, int] | None:
    """ "October", "October 2016", "last October", "May of this year"."""
    which = lx.low(i) if lx.low(i) in ("last", "next", "this", "past") else None
    j = i + 1 if which else i
    month = month_of(lx, j)
    if month is None:
        return None
    short = lx.low(j) in _SHORT_MONTHS
    k = _dot(lx, j + 1)
    year, after = _year_after(lx, k)
    if year is None:
        lone = short or (lx.low(j) in _NEEDS_PREPOSITION and not (led or which or lx.low(i - 1) in _TIME_PREPS))
        if lone or _is_name(lx, j):
            return None
        if lx.lows(k, 2) in ("last year", "this year"):
            return Day("calendar", month=month, which=f"{lx.low(k)} year"), k + 2
        if lx.lows(k, 3) in ("of last year", "of this year"):
            return Day("calendar", month=month, which=f"{lx.low(k + 1)} year"), k + 3
        return Day("calendar", month=month, which=which), k
    return Day("calendar", year, month), after


def _is_name(lx: Lexemes, i: int) -> bool:
    """Whether a month word is part of a name ("the October Revolution", "May said", "March to Rome")."""
    after = lx[i + 1]
    return (
        after.kind == "word"
        and after.text[:1].isupper()
        and lx.glued(i + 1) is False
        and (lx.low(i - 1) == "the" or after.low in ("revolution", "war", "brigade", "movement"))
    )


def _year(lx: Lexemes, i: int, *, led: bool = False) -> tuple[Day, int] | None:
    year = year_of(lx, i)
    if year is None or year < 1900:
        return None
    if lx.low(i + 1) == "s" and lx.glued(i + 1) and year % 10 == 0:
        return Day("calendar", year, years=10), i + 2
    if not led and lx.low(i - 1) not in _TIME_PREPS | {"(", "the", "that", "a", "–", "-"}:
        return None
    if lx.low(i - 1) in ("(", "–", "-") and lx.low(i + 1) not in (")", "–", "-"):
        return None
    if lx[i + 1].low in (
        "%",
        "percent",
        "people",
        "km",
        "meters",
        "metres",
        "troops",
        "soldiers",
        "civilians",
        "families",
    ):
        return None
    if lx.low(i - 1) in _WEAK_LEADS and not _year_led(lx, i):
        return None
    return Day("calendar", year), i + 1


#: Words before a number that a year and an amount share.
_WEAK_LEADS = frozenset(["about", "around", "for", "to", "the", "that", "this", "a", "and", "or"])


def _year_led(lx: Lexemes, i: int) -> bool:
    """Whether a number after a weak word is a year: it ends its phrase, or names one thing ("the 1996 bombing")."""
    after = lx[i + 1]
    if after.kind != "word" or after.low in ("and", "in", "to", "when", "that"):
        return True
    return lx.low(i - 1) in ("the", "that", "this", "a") and not after.low.endswith("s")


def _season(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    """ "last summer", "the winter of 2014", "spring 2022", "the third quarter"."""
    j = i
    which = lx.low(j) if lx.low(j) in ("last", "next", "this") else None
    j += 1 if which or lx.low(j) == "the" else 0
    quarter = load_tables().ordinals.get(lx.low(j), 9)
    if quarter <= 4 and lx.low(j + 1 + (lx.low(j + 1) == "-")) == "quarter":
        j += 1 + (lx.low(j + 1) == "-")
        season = (quarter * 3 - 2, 3)
    else:
        found = load_tables().seasons.get(lx.low(j))
        if found is None or (lx.low(j) == "fall" and which is None and not _year_after(lx, j + 1)[0]):
            return None
        season = found
    year, k = _year_after(lx, j + 1)
    named = year is not None or which is not None or lx.low(j) == "quarter"
    if not named and (lx.low(i - 1) not in ("in", "since", "during") or lx[j].text == "Spring"):
        return None
    return Day("calendar", year, season[0], months=season[1], which=which), k


def _ordinal_day(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    """ "the 20th", where no noun follows that it could count."""
    if lx.low(i) != "the" or lx[i + 1].kind != "ordinal" or lx.low(i - 1) not in _TIME_PREPS | {"on"}:
        return None
    after = lx[i + 2]
    if after.kind == "word" and after.low not in (
        "and",
        "when",
        "at",
        "as",
        "but",
        "the",
        "while",
        "after",
        "to",
        "until",
    ):
        return None
    day = day_number(lx[i + 1])
    return (Day("calendar", day=day), i + 2) if day else None


def weekday(lx: Lexemes, i: int) -> tuple[Day, int] | None:
    """A weekday: "Wednesday", "last Friday", "the previous Sunday"."""
    j = i + (lx.low(i) == "the")
    which = (
        lx.low(j) if lx.low(j) in ("last", "next", "this", "past", "previous", "following", "coming", "that") else None
    )
    j = j + 1 if which else i
    day = weekday_of(lx, j)
    if day is None:
        return None
    if lx.low(j) in _SHORT_DAYS and lx.low(j + 1) not in (".", ",") and lx[j + 1].kind not in ("clock", "number"):
        return None
    k = j + 1
    if lx.lows(k, 2) in ("last week", "next week", "this week"):
        return Day("weekday", weekday=day, which=lx.lows(k, 2)), k + 2
    return Day("weekday", weekday=day, which=which), _dot(lx, k) if lx.low(j) in _SHORT_DAYS else k


def day_range(lx: Lexemes, i: int) -> tuple[Day, Day, int] | None:
    """Two days under one month: "18-20 October", "October 18 to 20", "18 and 20 October"."""
    first = day_number(lx[i])
    if first is not None and lx.low(i + 1) in _DASHES | {"to", "and", "until", "till", "through"}:
        read = _day_month(lx, i + 2)
        if read is not None and (read[0].day or 0) > first:
            return replace(read[0], day=first), read[0], read[1]
    month = month_of(lx, i)
    if month is None:
        return None
    j = _dot(lx, i + 1)
    first, second = day_number(lx[j]), day_number(lx[j + 2])
    if first is None or second is None or second <= first or not _valid(month, second):
        return None
    if lx.low(j + 1) not in _DASHES | {"to", "and", "until", "till", "through"} or lx.low(j + 3) in ("percent", "%"):
        return None
    if lx.low(j + 1) == "and" and lx.low(i - 1) != "between":
        return None
    year, k = _year_after(lx, j + 3)
    return Day("calendar", year, month, first), Day("calendar", year, month, second), k
