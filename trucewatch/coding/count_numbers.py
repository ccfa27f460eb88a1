"""Number phrases of a stretch of text: "up to 2,500", "several hundreds", "between 18 and 25", "nobody".

Reads the surface only, so that a bad parse cannot hide a number. What is counted, and whether it is a count at
all (and not an hour, an age, a price), is decided by the callers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trucewatch.coding.count_tables import Phrases, Tables
from trucewatch.model import Span

Number = int | float

_ATOM = re.compile(
    r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.,]*\d)|\d+(?:\.\d+)*|[^\W\d_]+|\S"
)
_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_TENS["fourty"] = 40
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12, "lakh": 10**5,
    "crore": 10**7, "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "score": 20,
}  # fmt: skip
_PLURALS = {"hundreds": 100, "thousands": 1000, "millions": 10**6, "dozens": 12, "tens": 10, "scores": 20}
_SHORT = ("k", "m", "mn", "mln", "bn")
_DASHES = ("-", "–", "—", "‑")
_SEVERAL = ("several", "few", "couple", "many", "some")


#: Words, beside those of the tables, with which a number phrase can begin.
_STARTERS = frozenset(
    {*_UNITS, *_TENS, *_PLURALS, *_SEVERAL, "a", "an", "another", "no", "not", "half", "between", "from", "the"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number phrase: where it stands and what it leaves known. `core` is its number without bounding words."""

    span: Span
    core: Span
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    word: str | None = None
    article: bool = False  # a bare "a"/"an", a number only before a victim

    @property
    def bare(self) -> bool:
        """Whether it is a plain number without bounds or vagueness."""
        return self.word is None and self.low is not None and self.low == self.best == self.high


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, number or sign of the surface."""

    text: str
    start: int
    end: int


def atoms(text: str, start: int, end: int) -> list[Atom]:
    """The words, numbers and signs of text[start:end], lower-cased, with absolute places."""
    return [Atom(m.group().lower(), m.start(), m.end()) for m in _ATOM.finditer(text, start, end)]


def find_quantities(text: str, start: int, end: int, tables: Tables) -> list[Quantity]:
    """The number phrases of text[start:end] in text order, without overlap."""
    stretch = atoms(text, start, end)
    found: list[Quantity] = []
    at = 0
    while at < len(stretch):
        first = stretch[at].text
        begins = first in tables.starters or first in _STARTERS or first[0].isdigit()
        read = _phrase(text, stretch, at, tables) if begins else None
        if read is None:
            at += 1
            continue
        quantity, at = read
        found.append(quantity)
    return found


def _starts(stretch: Sequence[Atom], at: int, phrase: Sequence[str]) -> bool:
    return len(stretch) - at >= len(phrase) and all(stretch[at + k].text == word for k, word in enumerate(phrase))


def _longest(stretch: Sequence[Atom], at: int, phrases: Phrases) -> tuple[tuple[str, ...], str] | None:
    """The longest phrase of the table that begins at an atom, with its meaning."""
    if at >= len(stretch):
        return None
    known = phrases.get(stretch[at].text, ())
    return next((item for item in known if _starts(stretch, at, item[0])), None)


def _phrase(text: str, stretch: Sequence[Atom], at: int, tables: Tables) -> tuple[Quantity, int] | None:
    """The number phrase that begins at an atom, and the atom after it."""
    zero = _longest(stretch, at, tables.zero)
    if zero is not None:
        return _none(text, stretch, at, *zero)
    start, bounds = at, []
    while (bound := _longest(stretch, at, tables.bounds)) is not None:
        bounds.append(bound[1])
        at += len(bound[0])
        if at < len(stretch) and stretch[at].text in (",", "the"):
            return None
    read = _core(text, stretch, at, tables)
    if read is None:
        return None
    quantity, after = read
    tail = _longest(stretch, after, tables.after)
    if tail is not None and not _begins_number(stretch, after + len(tail[0])):
        bounds.append(tail[1])
        after += len(tail[0])
    elif after < len(stretch) and stretch[after].text == "+":
        bounds.append("min")
        after += 1
    for bound_kind in bounds:
        quantity = bounded(quantity, bound_kind)
    return replace(quantity, span=(stretch[start].start, stretch[after - 1].end)), after


def _begins_number(stretch: Sequence[Atom], at: int) -> bool:
    return at < len(stretch) and (stretch[at].text[0].isdigit() or stretch[at].text in _UNITS)


def _none(text: str, stretch: Sequence[Atom], at: int, words: tuple[str, ...], kind: str) -> tuple[Quantity, int]:
    after = at + len(words)
    span = (stretch[at].start, stretch[after - 1].end)
    if kind == "near":
        return Quantity(span=span, core=span, word=text[span[0] : span[1]]), after
    return Quantity(span=span, core=span, low=0, best=0, high=0), after


def bounded(quantity: Quantity, bound: str) -> Quantity:
    """The quantity under one more bounding word."""
    value = quantity.best if quantity.best is not None else quantity.low
    if quantity.word is not None or value is None:
        if bound in ("max", "under"):
            return replace(quantity, low=None, best=None, high=None)
        return quantity
    if bound == "max":
        return replace(quantity, low=None, best=None, high=quantity.high or value)
    if bound == "under":
        return replace(quantity, low=None, best=None, high=value - 1)
    if bound == "min":
        return replace(quantity, low=quantity.low or value, best=value, high=None)
    if bound == "over":
        return replace(quantity, low=value + 1, best=None, high=None)
    return replace(quantity, low=None, best=value, high=None) if quantity.bare else quantity


def _core(text: str, stretch: Sequence[Atom], at: int, tables: Tables) -> tuple[Quantity, int] | None:
    """The number at an atom without its bounding words: a range, a number, a vague word, or "a"."""
    if at >= len(stretch):
        return None
    for read in (_between, _vague_scale):
        found = read(text, stretch, at, tables)
        if found is not None:
            return found
    number = _number(stretch, at)
    if number is not None:
        return _range_or_number(stretch, at, number)
    vague = _vague(text, stretch, at, tables)
    if vague is not None:
        return vague
    if stretch[at].text in ("a", "an", "another"):
        span = (stretch[at].start, stretch[at].end)
        return Quantity(span=span, core=span, low=1, best=1, high=1, article=True), at + 1
    for words in (("no",), ("not", "a", "single"), ("not", "one")):
        if _starts(stretch, at, words):
            span = (stretch[at].start, stretch[at + len(words) - 1].end)
            return Quantity(span=span, core=span, low=0, best=0, high=0), at + len(words)
    return None


def _between(text: str, stretch: Sequence[Atom], at: int, tables: Tables) -> tuple[Quantity, int] | None:
    """ "between 18 and 25", "from 18 to 25"."""
    if stretch[at].text not in ("between", "from"):
        return None
    first = _number(stretch, at + 1)
    joiner = "and" if stretch[at].text == "between" else "to"
    if first is None or first[1] >= len(stretch) or stretch[first[1]].text != joiner:
        return None
    second = _number(stretch, first[1] + 1)
    if second is None or second[0] <= first[0]:
        return None
    span = (stretch[at].start, stretch[second[1] - 1].end)
    return Quantity(span=span, core=span, low=first[0], high=second[0]), second[1]


def _range_or_number(stretch: Sequence[Atom], at: int, number: tuple[Number, int]) -> tuple[Quantity, int]:
    value, after = number
    if after < len(stretch) and stretch[after].text in (*_DASHES, "to", "or"):
        second = _number(stretch, after + 1)
        if second is not None and second[0] > value:
            low = _scaled_like(stretch, value, second)
            span = (stretch[at].start, stretch[second[1] - 1].end)
            return Quantity(span=span, core=span, low=low, high=second[0]), second[1]
    span = (stretch[at].start, stretch[after - 1].end)
    return Quantity(span=span, core=span, low=value, best=value, high=value), after


def _scaled_like(stretch: Sequence[Atom], value: Number, second: tuple[Number, int]) -> Number:
    """The first number of "two to three hundred", scaled like the second."""
    scale = _SCALES.get(stretch[second[1] - 1].text, 1)
    return value * scale if value < second[0] / scale else value


def _number(stretch: Sequence[Atom], at: int) -> tuple[Number, int] | None:
    """An exact number in digits or words, and the atom after it."""
    if at >= len(stretch):
        return None
    if stretch[at].text[0].isdigit():
        return _digits(stretch, at)
    if stretch[at].text in ("a", "an", "half"):
        return _with_article(stretch, at)
    return _spelled(stretch, at)


def _digits(stretch: Sequence[Atom], at: int) -> tuple[Number, int] | None:
    raw = stretch[at].text
    scaled = at + 1 < len(stretch) and _scale_at(stretch, at) is not None
    value = _value(raw, decimal=scaled)
    if value is None:
        return None
    after = at + 1
    if scaled:
        value = round(value * _SCALES[stretch[after].text], 3)
        after += 1
    return (int(value) if value == int(value) else value), after


def _scale_at(stretch: Sequence[Atom], at: int) -> int | None:
    """The scale that follows the number at `at`; the short ones only when they touch it ("1.2m")."""
    word, after = stretch[at], stretch[at + 1]
    if after.text not in _SCALES or (after.text in _SHORT and word.end != after.start):
        return None
    return _SCALES[after.text] if after.text != "score" else None


def _value(raw: str, *, decimal: bool) -> Number | None:
    """The value of digits: "12,000", "12 000"; "12.000" is twelve thousand unless a scale follows."""
    plain = re.sub(r"[,\s\u00a0\u202f\u2009]", "", raw)
    if not decimal and re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    if plain.count(".") > 1 or len(plain) > 15:
        return None
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:  # digits of other scripts that int() refuses, such as superscripts
        return None


def _with_article(stretch: Sequence[Atom], at: int) -> tuple[Number, int] | None:
    """ "a dozen", "a hundred", "half a million", "half a dozen"."""
    if _starts(stretch, at, ("a", "quarter", "of", "a", "million")):
        return 250_000, at + 5
    half = stretch[at].text == "half"
    scale_at = at + 1
    if half and scale_at < len(stretch) and stretch[scale_at].text in ("a", "an"):
        scale_at += 1
    if scale_at >= len(stretch) or stretch[scale_at].text not in _SCALES:
        return None
    if stretch[scale_at].text in _SHORT or stretch[scale_at].text == "score":
        return None
    scale = _SCALES[stretch[scale_at].text]
    if half:
        return scale // 2, scale_at + 1
    rest = _spelled(stretch, scale_at + 2) if _joins(stretch, scale_at + 1) else None
    return (scale + rest[0], rest[1]) if rest and rest[0] < scale else (scale, scale_at + 1)


def _joins(stretch: Sequence[Atom], at: int) -> bool:
    return at < len(stretch) and stretch[at].text == "and"


def _spelled(stretch: Sequence[Atom], at: int) -> tuple[Number, int] | None:
    """A number in words: "twenty-five", "three hundred and two", "two dozen"."""
    total, current, after, seen = 0, 0, at, False
    while after < len(stretch):
        word = stretch[after].text
        if word in _UNITS and (not seen or current % 10 == 0):
            if seen and current % 100 and (_UNITS[word] >= 10 or current % 100 < 20):
                break
            current += _UNITS[word]
        elif word in _TENS and (not seen or current % 100 == 0):
            current += _TENS[word]
        elif seen and word in _SCALES and word not in _SHORT and word != "score":
            current = _times(current, _SCALES[word])
            if _SCALES[word] >= 1000:
                total, current = total + current, 0
        elif (seen and _hyphen(stretch, after)) or (
            seen and word == "and" and _scaled_before(stretch, after) and _small(stretch, after + 1)
        ):
            after += 1
            continue
        else:
            break
        seen = True
        after += 1
    return (total + current, after) if seen else None


def _times(current: int, scale: int) -> int:
    return (current or 1) * scale


def _hyphen(stretch: Sequence[Atom], at: int) -> bool:
    """Whether a hyphen joins two number words ("twenty-five"), not a word and its unit ("two-day")."""
    return (
        stretch[at].text in ("-", "‑")
        and stretch[at - 1].text in _TENS
        and at + 1 < len(stretch)
        and stretch[at + 1].text in _UNITS
        and 0 < _UNITS[stretch[at + 1].text] < 10
    )


def _scaled_before(stretch: Sequence[Atom], at: int) -> bool:
    return stretch[at - 1].text in ("hundred", "thousand", "million")


def _small(stretch: Sequence[Atom], at: int) -> bool:
    return at < len(stretch) and (stretch[at].text in _UNITS or stretch[at].text in _TENS)


def _vague_scale(text: str, stretch: Sequence[Atom], at: int, tables: Tables) -> tuple[Quantity, int] | None:
    """ "several hundred(s)", "a few dozen", "tens of thousands", "dozens"."""
    start, factor = at, 2
    while at < len(stretch) and stretch[at].text in ("a", "the", *_SEVERAL):
        at += 1
    scale, after = 1, at
    while after < len(stretch) and stretch[after].text in (_PLURALS if after == start else {**_SCALES, **_PLURALS}):
        word = stretch[after].text
        if word in _SHORT:
            break
        scale *= _PLURALS.get(word) or _SCALES[word]
        after += 1
        joined = _starts(stretch, after, ("of",)) and after + 1 < len(stretch)
        if joined and stretch[after + 1].text in _PLURALS:
            after += 1
    if after == at or (at > start and stretch[at - 1].text not in _SEVERAL):
        return None
    span = (stretch[start].start, stretch[after - 1].end)
    word = text[span[0] : span[1]]
    low = tables.lows.get(word.lower(), factor * scale)
    return Quantity(span=span, core=span, low=low, word=word), after


def _vague(text: str, stretch: Sequence[Atom], at: int, tables: Tables) -> tuple[Quantity, int] | None:
    """ "several", "a few", "many": a low bound where the table tells one."""
    found = _longest(stretch, at, tables.vague)
    if found is None:
        return None
    words = found[0]
    after = at + len(words)
    span = (stretch[at].start, stretch[after - 1].end)
    low = tables.lows.get(" ".join(words))
    return Quantity(span=span, core=span, low=low, word=text[span[0] : span[1]]), after
