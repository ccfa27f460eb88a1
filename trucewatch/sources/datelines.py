"""Datelines and published lines: where and when a report was written, as a line of its own or before a sentence.

"TAIZ, Yemen, Thursday 15 February 2024", "KHARTOUM (AFP) — Text", "Published: 12 March 2017, 14:05 GMT".
Layer: sources.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from trucewatch.sources.dates import find_date

_REACH = 120
_SEPARATOR = re.compile(r"(?P<left>\s*)(?P<mark>—|–|--+|-|:)(?P<right>\s*)")
_TOKEN = re.compile(r"[^\s,;|·•/()\[\]]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,50})[)\]]")
_OPENING = re.compile(r"[\"'“‘«(\[]?[A-Z0-9À-ÖØ-ÞА-Я]|[\"“«]")
_CLOCK = re.compile(r"\d{1,2}(?::?\d\d)?(?:am|pm|hrs|h)|(?:utc|gmt)[+-]\d{1,2}(?::\d\d)?")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’\-]*$")
_ALL_CAPS = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.\-]{2,}$")
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d|\d{1,2}[:.]\d\d|\d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Tables:
    agencies: frozenset[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    after: re.Pattern[str]
    words: dict[str, str]  # word -> month | weekday | clock | "" for a particle; None of a dateline: flag


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw = tomllib.loads((files("trucewatch") / "data" / "furniture.toml").read_text(encoding="utf-8"))["dateline"]
    words = {word: kind for kind in ("flag", "clock", "weekday", "month") for word in raw[kind]}
    return _Tables(
        frozenset(raw["agencies"]),
        _label(raw["published"]),
        _label(raw["updated"]),
        re.compile(rf"(?:\s*(?:{'|'.join(raw['after'])}))*[\s.|:–—-]*(?:(?:title|headline)\s*:\s*)?", re.IGNORECASE),
        {**dict.fromkeys(raw["particle"], ""), **words},
    )


def _label(patterns: Sequence[str]) -> re.Pattern[str]:
    """A pattern of labels, the longest first, with the colon behind them."""
    longest = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    return re.compile(rf"(?:{'|'.join(longest)})(?=\W|\d|$)\s*[:\-–|]?\s*", re.IGNORECASE)


def published_label(line: str) -> str | None:
    """ "published" or "updated" where a line opens with such a label, else None."""
    if _tables().updated.match(line):
        return "updated"
    return "published" if _tables().published.match(line) else None


def is_dateline(line: str) -> bool:
    """Whether a line is a dateline or a published line, and nothing else."""
    if len(line) > 160:
        return False
    tables = _tables()
    opening = line.split(maxsplit=1)[:1]
    if not any(char.isdigit() for char in line) and not (opening and _ALL_CAPS.match(opening[0].rstrip(","))):
        return False
    label = tables.updated.match(line) or tables.published.match(line)
    rest = line[label.end() :] if label else line
    rest = tables.updated.sub(" ", rest) if label else rest
    kinds = _kinds(rest)
    if kinds is None or not kinds or _is_headline(rest):
        return False
    if label and label.end() < len(line):
        return "month" in kinds or ("number" in kinds and "place" not in kinds)
    if "number" in kinds and ("month" in kinds or find_date(rest) is not None or kinds == {"number", "weekday"}):
        return True
    tokens = _TOKEN.findall(rest)
    if not tokens or "place" not in kinds or not _ALL_CAPS.match(tokens[0]):
        return False
    return "agency" in kinds or ("," in rest and len(tokens) <= 5 and not rest.isupper())


def _is_headline(line: str) -> bool:
    """Whether a date only ends a line of names: "Military Situation In Syria On March 6, 2020"."""
    names: list[str] = []
    for match in _TOKEN.finditer(line):
        kind = _kind(match[0].rstrip(".,:"))
        if kind in ("month", "number", "weekday"):
            break
        names.append(match[0])
    before = line[: match.start()].rstrip() if names else ""
    return len(names) > 2 and not before.isupper() and before[-1:] not in ",—–-|:·)]/"


def is_plain_date(line: str) -> bool:
    """Whether a line is a date alone: in the middle of a report it heads a paragraph."""
    kinds = _kinds(line)
    if not kinds or "place" in kinds or "agency" in kinds or published_label(line) is not None:
        return False
    return "month" in kinds or "weekday" in kinds or find_date(line) is not None


def inline_dateline(text: str, *, first: bool) -> int | None:
    """How many characters a dateline before a sentence takes, with its separator; None where there is none.

    `first`: the text opens the body, so that a place and a dash are enough.
    """
    head = text[:_REACH]
    for match in _SEPARATOR.finditer(head):
        if _splits(text, match, first=first):
            return match.end()
    closing = re.match(r"[A-Z][^()\[\].]{2,60}[(\[][^()\[\]]{2,50}[)\]]\s+(?=[\"“A-Z])", head)
    if closing is not None and _ALL_CAPS.match(head.split()[0].rstrip(",")) and _kinds(closing[0]):
        return closing.end()
    return None


def leading_date(text: str) -> int | None:
    """How many characters a published date before the first sentence takes ("12 March 2017 The army ...")."""
    label = _tables().updated.match(text) or _tables().published.match(text)
    at = label.end() if label else 0
    found = find_date(text, at, at + 60)
    if found is None or found.span[0] > at + 1:
        return None
    gap = _tables().after.match(text, found.span[1])
    end = gap.end() if gap else found.span[1]
    return end if text[end:].strip() and _OPENING.match(text, end) else None


def _splits(text: str, match: re.Match[str], *, first: bool) -> bool:
    prefix, end = text[: match.start()], match.end()
    if not prefix.strip() or _OPENING.match(text, end) is None:
        return False
    kinds = _kinds(prefix)
    if not kinds or ("place" not in kinds and "agency" not in kinds):
        return False
    spaced = bool(match["left"] or match["right"] or match["mark"] in "—–")
    bracketed = prefix.rstrip().endswith((")", "]")) and "agency" in kinds
    if match["mark"] == ":":
        return bracketed
    if not spaced:
        return "agency" in kinds
    if bracketed or "agency" in kinds or {"month", "number"} <= kinds:
        return True
    tokens = _TOKEN.findall(prefix)
    if _ALL_CAPS.match(tokens[0]) and len(tokens) <= 6:
        return True
    named = _tables().words.get(tokens[0].lower()) is None
    return first and named and len(tokens) <= 3 and bool(match["left"]) and match["mark"] not in text[end : end + 80]


def _kinds(text: str) -> set[str] | None:
    """What the words of a would-be dateline are; None where one of them is none of a dateline's."""
    kinds: set[str] = set()
    plain = _BRACKETS.sub(lambda m: _bracket(m, kinds), text)
    low = f" {' '.join(plain.lower().replace(',', ' , ').split())} "
    if any(f" {agency} " in low for agency in _agencies_in(low)):
        kinds.add("agency")
    tokens = _TOKEN.findall(plain)
    if len(tokens) > 16 or (not tokens and not kinds):
        return None
    for token in tokens:
        kind = _kind(token.rstrip(".,:–—-") or token)
        if kind is None:
            return None
        kinds.add(kind)
    kinds.discard("")
    return kinds


def _agencies_in(low: str) -> list[str]:
    return sorted(agency for agency in _tables().agencies if agency in low)


def _bracket(match: re.Match[str], kinds: set[str]) -> str:
    inner = match[1].strip()
    words = [w for w in _TOKEN.findall(inner) if _tables().words.get(w.lower()) != ""]
    if inner.lower() in _tables().agencies or (words and all(_CAPITAL.match(w) or ".com" in w for w in words)):
        kinds.add("agency")
        return " "
    return f" {inner} "


def _kind(token: str) -> str | None:
    """What one word of a would-be dateline is, "" for a particle, None for no word of a dateline."""
    low = token.lower().strip("'’")
    if _NUMBER.match(token):
        return "number"
    if _CLOCK.fullmatch(low):
        return "clock"
    kind = _tables().words.get(low)
    if kind is not None:
        return None if kind == "flag" else kind
    if low in _tables().agencies and token.isupper():
        return "agency"
    if not token.strip("—–-"):
        return ""
    return "place" if _CAPITAL.match(token) else None
