"""The grammar of days told from another day: "yesterday", "two days ago", "last week", "the next day".

Every function takes lexemes and an index, and gives what it read with the index after it, or None.
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.times.forms import Clock, Day, Length
from trucewatch.times.lexer import Lexemes
from trucewatch.times.tables import load_tables

_BACK = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "recent": -1}
_FORTH = {"next": 1, "coming": 1, "following": 1, "upcoming": 1}
_NARRATIVE = frozenset(["previous", "preceding", "following", "same", "that"])
_VAGUE = frozenset(["now", "currently", "recently", "nowadays", "lately"])


@dataclass(frozen=True, slots=True)
class Told:
    """A day told from another, with the part of it ("last night") and the edge ("earlier this month")."""

    day: Day
    clock: Clock | None
    end: int


def amount(lx: Lexemes, i: int) -> tuple[float | None, int] | None:
    """A number before a unit: digits, words, "half an", "a couple of", "several" (an unknown amount)."""
    tables, item = load_tables(), lx[i]
    if item.kind == "number" and item.text.replace(",", "").replace(".", "", 1).isdigit():
        value = float(item.text.replace(",", ""))
        if lx.lows(i + 1, 3) == "and a half":
            return value + 0.5, i + 4
        return value, i + 1
    if item.kind != "word":
        return None
    if item.low == "half" and lx.low(i + 1) in ("a", "an"):
        return 0.5, i + 2
    if item.low in ("a", "the") and lx.low(i + 1) in tables.vague:
        value = tables.vague[lx.low(i + 1)]
        return value or None, i + 2 + (lx.low(i + 2) == "of")
    if item.low in tables.vague:
        return tables.vague[item.low] or None, i + 1 + (lx.low(i + 1) == "of")
    number = tables.numbers.get(item.low)
    if number is None:
        return None
    if number >= 20 and number % 10 == 0 and number < 100:
        j = i + 1 + (lx.low(i + 1) == "-")
        small = tables.numbers.get(lx.low(j), 0)
        if 1 <= small <= 9 and lx.low(j) not in ("a", "an"):
            return float(number + small), j + 1
    if number == 1 and lx.lows(i + 1, 2) == "and a" and lx.low(i + 3) == "half":
        return 1.5, i + 4
    if item.low in ("a", "an") and lx.low(i + 1) == "hundred":
        return 100.0, i + 2
    return float(number), i + 1


def unit(lx: Lexemes, i: int) -> str | None:
    """The ISO letter of the unit that lexeme i names."""
    return load_tables().units.get(lx.low(i))


def scaled(count: float | None, letter: str) -> tuple[float | None, str]:
    """The amount and the plain unit: a decade is ten years, a fortnight two weeks, a weekend two days."""
    digits = "".join(c for c in letter if c.isdigit())
    if letter == "WE":
        return (None if count is None else count * 2), "D"
    if digits:
        return (None if count is None else count * int(digits)), letter[len(digits) :]
    return count, letter


def length(lx: Lexemes, i: int) -> tuple[Length, int] | None:
    """An amount with its unit: "about two hours", "half an hour", "a few days", "an hour and a half"."""
    j, approx = i, False
    while lx.low(j) in (
        "about",
        "around",
        "approximately",
        "some",
        "roughly",
        "nearly",
        "almost",
        "just",
        "less",
        "more",
        "over",
        "under",
        "at",
        "only",
        "up",
        "barely",
    ):
        step = (
            2
            if lx.lows(j, 2) in ("less than", "more than", "at least", "at most", "up to", "just over", "just under")
            else 1
        )
        if step == 1 and lx.low(j) in ("less", "more", "at", "up"):
            return None
        approx, j = True, j + step
    read = amount(lx, j)
    if read is None:
        return None
    count, k = read
    k += lx.low(k) == "-"
    letter = unit(lx, k)
    if letter is None or letter == "WE":
        return None
    if lx.lows(k + 1, 3) == "and a half" and count is not None:
        count, k = count + 0.5, k + 3
    if letter == "3M":
        return _quarter(lx, k, count, approx)
    count, letter = scaled(count, letter)
    return Length(count, letter, approx), k + 1


def _quarter(lx: Lexemes, k: int, count: float | None, approx: bool) -> tuple[Length, int] | None:
    """ "three quarters" of a year, "a quarter-century"; "a quarter of the dead" is no length."""
    after = k + 1 + (lx.low(k + 1) in ("-", "of"))
    after += lx.low(after) == "a" and after > k + 1
    if lx.low(after) in ("century", "hour"):
        return Length(
            25 if lx.low(after) == "century" else 15, "Y" if lx.low(after) == "century" else "TM", approx
        ), after + 1
    if lx.low(k + 1) == "of" or count is None:
        return None
    return Length(count * 3, "M", approx), k + 1


def told(lx: Lexemes, i: int) -> Told | None:
    """A day told from the document's day or from the day being told."""
    return _named(lx, i) or _modified(lx, i) or _counted(lx, i) or _edged(lx, i)


def _named(lx: Lexemes, i: int) -> Told | None:
    low = lx.low(i)
    if low == "yesterday":
        return Told(Day("offset", n=-1), None, i + 1)
    if low == "today":
        return Told(Day("offset", n=0), None, i + 1)
    if low == "tomorrow":
        return Told(Day("offset", n=1), None, i + 1)
    if low == "tonight":
        return Told(Day("offset", n=0), Clock(part=load_tables().parts["evening"]), i + 1)
    if low in _VAGUE:
        return Told(Day("vague"), None, i + 1)
    j = i + (low == "the")
    if lx.lows(j, 3) == "day before yesterday":
        return Told(Day("offset", n=-2), None, j + 3)
    if lx.lows(j, 3) == "day after tomorrow":
        return Told(Day("offset", n=2), None, j + 3)
    if lx.low(j) == "day" and j > i and lx.low(j + 1) in ("before", "after") and _ends_phrase(lx, j + 2):
        step = -1 if lx.low(j + 1) == "before" else 1
        return Told(Day("offset", n=step, ref="narrative"), None, j + 2)
    return None


def _ends_phrase(lx: Lexemes, i: int) -> bool:
    """Whether nothing follows that could be the event meant by "the day before"."""
    return lx[i].kind in ("mark", "none") or lx.low(i) in ("and", "but", "when", "by", "in", "at")


def _modified(lx: Lexemes, i: int) -> Told | None:
    """ "last week", "the past three days", "this morning", "the following day", "the same evening", "that night"."""
    tables = load_tables()
    article = lx.low(i) == "the"
    j = i + article
    word = lx.low(j)
    if word not in _BACK and word not in _FORTH and word not in ("this", "that", "these", "those", "current", "same"):
        return None
    if word in ("past", "recent") and lx[j - 1].kind == "number":
        return None
    read = amount(lx, j + 1)
    if read is not None and word in {**_BACK, **_FORTH} and unit(lx, read[1] + (lx.low(read[1]) == "-")):
        count, k = read
        k += lx.low(k) == "-"
        return _span_of(word, count, unit(lx, k) or "D", k + 1)
    k = j + 1
    edge = lx.low(k) if lx.low(k) in ("early", "late") else ""
    k += bool(edge)
    part = tables.parts.get(lx.low(k))
    if part is not None and word not in ("these", "those", "current", "recent", "past"):
        clock = Clock(part=tables.edges.get(f"{edge}_{part.name}", part))
        return _part_day(word, clock, k + 1)
    letter = unit(lx, k)
    if letter is None or edge:
        return None
    plural = lx.low(k).endswith("s")
    if plural and word in {**_BACK, **_FORTH} and letter != "WE":
        return _span_of(word, None, letter, k + 1)
    return _unit_day(word, letter, lx.low(k), k + 1, article=article)


def _span_of(word: str, count: float | None, letter: str, end: int) -> Told:
    count, letter = scaled(count, letter)
    sign = -1 if word in _BACK else 1
    return Told(
        Day("past", n=None if count is None else sign * count, unit=letter, which="last" if sign < 0 else "next"),
        None,
        end,
    )


def _part_day(word: str, clock: Clock, end: int) -> Told:
    if word == "this":
        return Told(Day("offset", n=0), clock, end)
    if word in ("that", "same"):
        return Told(Day("offset", n=0, ref="narrative"), clock, end)
    step = -1 if word in _BACK else 1
    document = word == "last"
    return Told(Day("offset", n=step, ref="document" if document else "narrative"), clock, end)


def _unit_day(word: str, letter: str, name: str, end: int, *, article: bool) -> Told | None:
    if letter.startswith("T"):
        return (
            Told(Day("past", n=-1 if word in _BACK else 1, unit=letter), None, end)
            if word in {**_BACK, **_FORTH}
            else None
        )
    if word in ("these", "those"):
        return Told(Day("vague"), None, end) if name in ("days", "weeks", "months") and word == "these" else None
    count, plain = (1.0, "WE") if letter == "WE" else scaled(1, letter)
    if word in ("this", "current"):
        return None if letter == "D" and word == "this" else Told(Day("offset", n=0, unit=plain), None, end)
    if word in ("that", "same"):
        return Told(Day("offset", n=0, unit=plain, ref="narrative"), None, end)
    step = (-1 if word in _BACK else 1) * (count or 1)
    if word in ("past", "recent") or (article and word == "last" and letter != "WE"):
        return Told(Day("past", n=step, unit="D" if plain == "WE" else plain, which="last"), None, end)
    narrative = word in _NARRATIVE or (letter == "D" and word in ("next", "coming"))
    if letter == "D" and word == "last":
        return None
    return Told(Day("offset", n=step, unit=plain, ref="narrative" if narrative else "document"), None, end)


def _counted(lx: Lexemes, i: int) -> Told | None:
    """ "two days ago", "a week earlier", "three hours later", "hours ago"."""
    read = length(lx, i)
    bare = unit(lx, i) if read is None and lx.low(i).endswith("s") and lx[i].kind == "word" else None
    if bare is not None and bare != "WE":
        read = Length(None, scaled(1, bare)[1]), i + 1
    if read is None:
        return None
    told_length, k = read
    word = lx.low(k)
    if word not in ("ago", "earlier", "later", "before", "prior", "hence", "back", "beforehand", "afterwards"):
        return None
    if word in ("before", "prior") and not _ends_phrase(lx, k + 1):
        return None
    if word == "back" and lx.low(k + 1) in ("in", "to", "at"):
        return None
    if word in ("earlier", "later") and lx.low(k + 1) == "than":
        return None
    sign = 1 if word in ("later", "hence", "afterwards") else -1
    count = None if told_length.amount is None else sign * told_length.amount
    reference = "document" if word in ("ago", "hence", "back") else "narrative"
    return Told(
        Day(
            "offset",
            n=count,
            unit=told_length.unit,
            ref="document" if reference == "document" else "narrative",
            which="later" if sign > 0 else "earlier",
        ),
        None,
        k + 1,
    )


def _edged(lx: Lexemes, i: int) -> Told | None:
    """ "earlier this month", "later that day", "late last year", "the end of the month", "earlier in the day"."""
    low = lx.low(i)
    j = i + 1
    if low in ("earlier", "later", "early", "late"):
        edge = low
    else:
        j = i + (low == "the")
        if lx.low(j) not in ("end", "beginning", "start", "middle") or lx.low(j + 1) != "of":
            return None
        edge = {"end": "end", "middle": "mid"}.get(lx.low(j), "start")
        j += 2
    if lx.lows(j, 3) == "in the day":
        return Told(Day("offset", n=0, ref="narrative", edge=edge), None, j + 3)
    if lx.low(j) == "in" and lx.lows(j + 1, 2) in ("the week", "the month", "the year"):
        letter = unit(lx, j + 2) or "D"
        return Told(Day("offset", n=0, unit=letter, edge=edge), None, j + 3)
    if lx.low(j) == "the" and lx.low(j + 1) in ("week", "month", "year") and edge in ("end", "start", "mid"):
        return Told(Day("offset", n=0, unit=unit(lx, j + 1) or "D", edge=edge), None, j + 2)
    inner = _named(lx, j) or _modified(lx, j)
    if inner is None or inner.day.form != "offset" or (inner.clock is not None and edge not in ("earlier", "later")):
        return None
    day = inner.day
    return Told(Day("offset", n=day.n, unit=day.unit, ref=day.ref, edge=edge), inner.clock, inner.end)
