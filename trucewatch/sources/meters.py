"""Amounts of money in a line, and whether a line is one of a donation meter.

A meter's line holds amounts or a share of a goal, and beside them nothing but the words of fund-raising.
Layer: sources.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_NUMBER = r"\d{1,3}(?:[.,\s\u00a0\u202f'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_SCALE = {"k": 1_000, "m": 1_000_000, "": 1}
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
#: Between two amounts, or beside a meter, these are enough.
_LINKS = frozenset({"of", "out", "the", "to", "from"})
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1)
def _tables() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    raw = tomllib.loads((files("trucewatch") / "data" / "furniture.toml").read_text(encoding="utf-8"))["meter"]
    signs = "|".join(raw["currencies"])
    pattern = re.compile(
        rf"(?P<before>{signs})\s?(?P<n1>{_NUMBER})\s?(?P<s1>[kmKM]\b)?"
        rf"|(?<![\w.,])(?P<n2>{_NUMBER})\s?(?P<s2>[kmKM])?\s?(?P<after>{signs})(?!\w)"
    )
    return pattern, frozenset(raw["words"]), frozenset(raw["keys"])


def is_meter(line: str, *, beside: bool = False) -> bool:
    """Whether a line is one of a donation meter: amounts or a share, and only words of fund-raising.

    `beside`: it stands at such a line, so that a bare number or share is enough.
    """
    if len(line) > 140 or not any(char.isdigit() for char in line):
        return False
    pattern, vocabulary, keys = _tables()
    rest, amounts = pattern.subn(" ", line)
    rest, shares = _PERCENT.subn(" ", rest)
    words = [word.lower() for word in _WORD.findall(rest)]
    told = [word for word in words if not word.isdigit()]
    if not all(word in vocabulary for word in told):
        return False
    if (amounts >= 2 or beside or not told) and set(told) <= _LINKS and (amounts or beside):
        return True
    return bool(amounts or shares or (told and words != told)) and any(word in keys for word in told)


def amounts(text: str) -> tuple[list[float | int], str | None]:
    """The amounts of money in a meter, in order, and their currency as the page writes it."""
    found: list[float | int] = []
    currency = None
    for match in _tables()[0].finditer(text):
        number, scale = (match["n1"], match["s1"]) if match["n1"] else (match["n2"], match["s2"])
        found.append(_value(number, _SCALE[(scale or "").lower()]))
        currency = currency or match["before"] or match["after"]
    return found, currency


def _value(number: str, scale: int) -> float | int:
    """ "2,500", "2.500", "2 500" are 2500; "2.5", "12,50" have decimals."""
    plain = re.sub(r"[\s\u00a0\u202f'’]", "", number)
    parts = re.split(r"[.,]", plain)
    if len(parts) > 1 and len(parts[-1]) < 3:
        value = float("".join(parts[:-1]) + "." + parts[-1]) * scale
    else:
        value = float("".join(parts)) * scale
    return int(value) if value == int(value) else value
