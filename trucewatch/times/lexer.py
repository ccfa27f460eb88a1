"""Cut text into lexemes with the categories that the grammar of times asks for.

A lexeme keeps its absolute span. Words that no rule of the grammar can begin with have no category, so that
the scanner passes them at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from trucewatch.times.tables import load_tables

_LEXEME = re.compile(
    r"(?P<iso>(?<![\w-])\d{4}-\d{1,2}-\d{1,2}(?![\d-])(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)"
    r"|(?P<numdate>(?<![\w./-])\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\w]|[./-]\d))"
    r"|(?P<clock>(?<![\w:])\d{1,2}(?::\d{2}(?::\d{2})?(?!:?\d)|[hH]\d{2}(?!\w)))"
    r"|(?P<dotted>(?<![\w.,])\d{1,2}\.\d{2}(?![\w]|\.\d))"
    r"|(?P<ordinal>\d{1,2}\s?(?:st|nd|rd|th)(?!\w))"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<meridiem>[aApP](?:\.\s?[mM]\b\.?|[mM](?!\w)))"
    r"|(?P<oclock>[oO]['’]\s?clock(?!\w))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\s\w]|_)"
)

#: Longer figures are none of a time, and may be too long to be read as a number at all.
_LONGEST = 12
#: The word or figure that tells a time stands no further than so many lexemes from where its expression begins.
_WITHIN = 5
#: Words that can begin a time told by an event alone ("since the ceasefire took effect").
_EVENT_LEADS = frozenset(["after", "since", "before", "during", "following", "shortly", "soon", "immediately"])


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, number or mark with its absolute span; `low` is its lower-case text."""

    start: int
    end: int
    kind: str
    text: str
    low: str
    starts: bool  # whether an expression can begin here


@lru_cache(maxsize=1)
def _starters() -> frozenset[str]:
    tables = load_tables()
    words = {*tables.months, *tables.weekdays, *tables.numbers, *tables.vague, *tables.units, *tables.parts}
    return frozenset(words | {*tables.seasons, *tables.ordinals, *tables.starters})


@lru_cache(maxsize=1)
def _tellers() -> frozenset[str]:
    """Words one of which every time expression holds, if it holds no figure."""
    tables = load_tables()
    words = {*tables.months, *tables.weekdays, *tables.units, *tables.parts, *tables.seasons}
    return frozenset(words | set(tables.tellers))


def lex(text: str, start: int, end: int) -> list[Lexeme]:
    """The lexemes of text[start:end]."""
    starters = _starters()
    found: list[Lexeme] = []
    for match in _LEXEME.finditer(text, start, end):
        kind = match.lastgroup or "mark"
        if kind == "sep":
            kind = "numdate"
        word = match[0]
        if kind == "number" and len(word) > _LONGEST:
            kind = "mark"
        low = word.lower()
        starts = kind not in ("mark", "meridiem", "oclock") and (kind != "word" or low in starters)
        found.append(Lexeme(match.start(), match.end(), kind, word, low, starts))
    return found


class Lexemes:
    """Lexemes with safe access: beyond the end stands an empty lexeme."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.items = lex(text, start, end)
        self._none = Lexeme(end, end, "none", "", "", False)
        self._lows = [item.low for item in self.items]
        self._count = len(self.items)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, i: int) -> Lexeme:
        return self.items[i] if 0 <= i < self._count else self._none

    def starts(self) -> list[int]:
        """Where an expression can begin: at a starting word with a telling word or figure within reach."""
        tellers, found, last = _tellers(), [], self._count + _WITHIN + 1
        for i in range(self._count - 1, -1, -1):
            item = self.items[i]
            if item.low in tellers or item.kind not in ("word", "mark"):
                last = i
            if item.starts and (last - i <= _WITHIN or item.low in _EVENT_LEADS):
                found.append(i)
        return found[::-1]

    def glued(self, i: int) -> bool:
        """Whether lexeme i is written right after lexeme i - 1."""
        return 0 < i < self._count and self.items[i - 1].end == self.items[i].start

    def low(self, i: int) -> str:
        """The lower-case text of lexeme i."""
        return self._lows[i] if 0 <= i < self._count else ""

    def lows(self, i: int, count: int) -> str:
        """The lower-case words of `count` lexemes from i, joined by a space."""
        return " ".join(self._lows[i : i + count]) if i >= 0 else ""
