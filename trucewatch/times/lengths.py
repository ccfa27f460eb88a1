"""The grammar of lengths and of sets: "72-hour", "for another day", "half an hour"; "daily", "every Friday".

A length is no place in time; a set is a time that comes again. Layer: times.
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.times.calendars import weekday_of
from trucewatch.times.forms import Length
from trucewatch.times.lexer import Lexemes
from trucewatch.times.offsets import amount, length, scaled, unit
from trucewatch.times.tables import load_tables

_SET_WORDS = {
    "daily": "D",
    "everyday": "D",
    "nightly": "D",
    "weekly": "W",
    "monthly": "M",
    "yearly": "Y",
    "annual": "Y",
    "annually": "Y",
    "hourly": "TH",
}
_LEADS = frozenset(
    [
        "for",
        "in",
        "within",
        "lasted",
        "lasting",
        "lasts",
        "last",
        "during",
        "after",
        "of",
        "another",
        "some",
        "under",
        "over",
        "per",
        "than",
        "by",
        "the",
        "only",
        "whole",
        "full",
        "entire",
        "spent",
        "took",
    ]
)
_LONG = {"daylong": ("D", 1.0), "weeklong": ("W", 1.0), "monthlong": ("M", 1.0), "yearlong": ("Y", 1.0)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A length or a set, with the index after it."""

    kind: str  # duration | set
    length: Length | None
    end: int


def iso(told: Length) -> str | None:
    """The length in ISO 8601 ("P1D", "PT72H", "PT30M"), or None where the words tell no amount."""
    if told.amount is None:
        return None
    count, letter = told.amount, told.unit
    smaller = {"TH": ("TM", 60), "TM": ("TS", 60), "D": ("TH", 24), "W": ("D", 7), "Y": ("M", 12)}
    if count != int(count) and letter in smaller:
        letter, factor = smaller[letter]
        count *= factor
        whole, rest = divmod(round(count), factor if letter in ("TM", "TS") else 10**9)
        if letter == "TM" and whole:
            return f"PT{whole}H" + (f"{rest}M" if rest else "")
    number = str(round(count)) if count == int(count) or letter in ("TM", "TS", "TH", "D", "M") else f"{count:g}"
    return f"PT{number}{letter[1]}" if letter.startswith("T") else f"P{number}{letter}"


def stretch(lx: Lexemes, i: int) -> Stretch | None:
    """A set or a length, or None: an age ("a 12-year-old") and a rank are neither."""
    return _repeated(lx, i) or _length(lx, i)


def _repeated(lx: Lexemes, i: int) -> Stretch | None:
    low = lx.low(i)
    if low in _SET_WORDS:
        return Stretch("set", Length(1, _SET_WORDS[low]), i + 1)
    if low in ("every", "each"):
        return _every(lx, i)
    if low == "twice" or (low == "once" and lx.low(i + 1) == "a"):
        j = i + 1
        letter = unit(lx, j + 1) if lx.low(j) in ("a", "per") else None
        return Stretch("set", Length(1, letter), j + 2) if letter else None
    if low == "per" and unit(lx, i + 1) and not (unit(lx, i + 1) or "T").startswith("T"):
        return Stretch("set", Length(1, scaled(1, unit(lx, i + 1) or "D")[1]), i + 2)
    return None


def _every(lx: Lexemes, i: int) -> Stretch | None:
    j = i + 1
    if weekday_of(lx, j) is not None or (lx.low(j) in load_tables().weekdays and lx.low(j).endswith("day")):
        return Stretch("set", Length(1, "W"), j + 1)
    if lx.low(j) in ("other", "second"):
        letter = unit(lx, j + 1)
        return Stretch("set", Length(2, letter), j + 2) if letter and letter[0].isalpha() else None
    if lx.low(j) in load_tables().parts:
        return Stretch("set", Length(1, "D"), j + 1)
    read = amount(lx, j)
    count, k = read if read is not None else (1.0, j)
    letter = unit(lx, k)
    if letter is None:
        return None
    count, letter = scaled(count, letter)
    return Stretch("set", Length(count, letter), k + 1)


def _length(lx: Lexemes, i: int) -> Stretch | None:
    if lx.low(i) in _LONG:
        letter, count = _LONG[lx.low(i)]
        return Stretch("duration", Length(count, letter), i + 1)
    whole = lx.low(i) in ("another", "whole", "entire", "a", "an", "the", "one")
    j = i + whole
    if whole and lx.low(i) == "another" and amount(lx, j) is None:
        return _unit_alone(lx, j, 1)
    if (
        whole
        and lx.low(j) in ("further", "additional", "extra", "full", "whole", "entire", "second", "third")
        and lx.low(i) != "the"
    ):
        return _unit_alone(lx, j + 1, 1) or _counted(lx, j + 1)
    if lx.low(i) == "another":
        return _counted(lx, j)
    return _counted(lx, i) or _bare(lx, i)


def _unit_alone(lx: Lexemes, i: int, count: float) -> Stretch | None:
    letter = unit(lx, i)
    if letter is None or lx.low(i).endswith("s") or letter == "TS":
        return None
    value, plain = scaled(count, letter)
    return Stretch("duration", Length(value, plain), i + 1)


def _counted(lx: Lexemes, i: int) -> Stretch | None:
    read = length(lx, i)
    if read is None:
        return None
    told, k = read
    if told.unit == "TS" and told.amount == 1:
        return None
    k = _long(lx, k)
    if k < 0:
        return None
    indefinite = lx.low(i) in ("a", "an") and lx.low(k - 2) in ("a", "an")
    if indefinite and not _may_be_length(lx, i, k):
        return None
    return Stretch("duration", told, k)


def _may_be_length(lx: Lexemes, i: int, k: int) -> bool:
    """Whether "a day", "an hour" is a length here and no rate ("500 a day") or mere noun ("a day of mourning")."""
    before = lx.low(i - 1)
    if lx.low(k) in ("of", "when", "that", "in", "earlier") and before != "for":
        return False
    return before in _LEADS or lx.low(i) in ("about", "around", "nearly", "almost", "over")


def _long(lx: Lexemes, k: int) -> int:
    """Pass "-long" after a unit; -1 for an age ("-old", "years old")."""
    if lx.low(k) == "-":
        if lx.low(k + 1) == "old":
            return -1
        return k + 2 if lx.low(k + 1) in ("long", "plus") else k
    return -1 if lx.low(k) in ("old", "olds") else k + (lx.low(k) == "long")


def _bare(lx: Lexemes, i: int) -> Stretch | None:
    """ "for days", "for hours", "months-long": a length of no told amount; "an hour-long", "a week-long"."""
    letter = unit(lx, i)
    if letter is None or letter == "WE":
        return None
    value, plain = scaled(None, letter)
    if lx.low(i + 1) == "-" and lx.low(i + 2) == "long":
        count = None if lx.low(i).endswith("s") else scaled(1, letter)[0]
        return Stretch("duration", Length(count, plain), i + 3)
    if (
        lx.low(i).endswith("s")
        and lx.low(i - 1) in ("for", "within", "after", "lasted", "took", "of", "over")
        and letter != "TS"
    ):
        if lx.low(i - 1) in ("of", "over") and lx.low(i + 1) not in ("of", ",", "."):
            return None
        return Stretch("duration", Length(value, plain), i + 1)
    return None
