"""The lines of a page with what can be seen of each by itself: what the telling of parts works on.

A unit is a line, or the lines of a paragraph that was wrapped by hand, together with the blank lines that
follow. Layer: sources.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files

from trucewatch.model import Span

#: A line: start, end with its line break, first and last of what is not blank.
_Line = tuple[int, int, int, int]
#: Of a longer unit only the start is looked at.
LOOK = 3000
#: A longer line is no headline, byline or widget.
SHORT_LINE = 320
_WORD = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*")
_MARKDOWN = re.compile(r"^(?:(#{1,6})\s+|>+\s?)")
_BULLET = re.compile(r"^(?:[-–—•·*▪►●○◦‣]\s|\(?\d{1,2}[.)]\s)")
_ENDS = re.compile(r"[.!?…。؟।။][\"'”’»)\]*_]*(?:\[\d+\])*$")
_FULL_STOP = re.compile(r"[.…。।။][\"'”’»)\]*_]*(?:\[\d+\])*$")


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """Words that hold sentences together and seldom stand in names, menus or counters."""
    raw = tomllib.loads((files("trucewatch") / "data" / "furniture.toml").read_text(encoding="utf-8"))
    return frozenset(raw["prose"]["function"])


@dataclass(frozen=True, slots=True)
class Hint:
    """What the markup of a page tells of a line: the kind it suggests, h1 or not, main content or not."""

    kind: str | None = None
    heading: int = 0  # 1 for h1, 2 for h2 ..., 0 for none
    main: bool | None = None
    sure: bool = False  # whatever the words look like


@dataclass(frozen=True)
class Unit:
    """One line or wrapped paragraph: `start` to `end` with its blank lines, `first` to `last` without."""

    start: int
    end: int
    first: int
    last: int
    text: str  # stripped, markup of Markdown taken off, at most LOOK characters
    blank_before: bool
    hint: Hint = field(default=Hint())

    @cached_property
    def line(self) -> str:
        """The text as lines are matched: spaces collapsed, straight apostrophes; "" when it is too long."""
        if len(self.text) > SHORT_LINE:
            return ""
        return " ".join(self.text.replace("’", "'").replace("‘", "'").split())

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, in lower case."""
        return tuple(_WORD.findall(self.text.lower().replace("’", "'")))

    @cached_property
    def norm(self) -> str:
        """The words alone: equal for lines that differ in case and punctuation only."""
        return " ".join(self.words)

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_ENDS.search(self.text[-12:]))

    @cached_property
    def full_stop(self) -> bool:
        """Whether it ends in a full stop: headlines may ask or shout, but seldom end in one."""
        return bool(_FULL_STOP.search(self.text[-12:]))

    @cached_property
    def bullet(self) -> bool:
        """Whether it is an item of a list."""
        return bool(_BULLET.match(self.text))

    @cached_property
    def prose(self) -> bool:
        """Whether it reads as running text: sentences, not a headline, name or label."""
        count = len(self.words)
        if self.last - self.first > SHORT_LINE or count >= 35:
            return True
        joints = sum(word in _function_words() for word in self.words)
        if self.full_stop:
            return count >= 5 and (joints >= 1 or count >= 8)
        if self.ends:
            return count >= 12 and joints >= 2
        return count >= 24 and joints >= 4


def split_units(text: str, hints: Mapping[int, Hint] | None = None, *, markdown: bool = False) -> list[Unit]:
    """The units of a text; they cover it whole. `hints` tells of lines by their start."""
    lines = _lines(text)
    groups = _wrapped([line for line in lines if line[2] < line[3]], text) if markdown or not hints else None
    starts = {group[0]: group for group in groups} if groups else {}
    units: list[Unit] = []
    blank, i = True, 0
    while i < len(lines):
        start, end, first, last = lines[i]
        if first == last:  # a blank line belongs to the unit before, or to the first
            blank, i = True, i + 1
            continue
        take = starts.get(start, [start])
        last, end = _end_of(lines, i, len(take), last, end)
        hint = (hints or {}).get(start, Hint())
        units.append(_unit(text, (start, end, first, last), blank, hint, markdown=markdown))
        blank, i = False, i + len(take)
    return _covering(units, len(text))


def _end_of(lines: Sequence[_Line], i: int, count: int, last: int, end: int) -> Span:
    return (lines[i + count - 1][3], lines[i + count - 1][1]) if count > 1 else (last, end)


def _lines(text: str) -> list[_Line]:
    """(start, end with its line break, first and last of what is not blank) of every line."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip(" \t\r\n\f\v\x00\u00a0\u200b\ufeff\u2028\u2029\x85\x1c\x1d\x1e\u3000")
        first = at + (line.find(body[0]) if body else 0)
        found.append((at, at + len(line), first, first + len(body)))
        at += len(line)
    return found


def _wrapped(lines: Sequence[_Line], text: str) -> list[list[int]]:
    """Groups of line starts that are one paragraph, wrapped by hand."""
    groups: list[list[int]] = []
    for block in _blocks(lines):
        if _is_column(block, text):
            groups.append([line[0] for line in block])
            continue
        for i, line in enumerate(block):
            if i and _runs_on(text, block[i - 1], line):
                groups[-1].append(line[0])
            else:
                groups.append([line[0]])
    return groups


def _blocks(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines in blocks: blank lines stand between them."""
    blocks: list[list[_Line]] = []
    for line in lines:
        if blocks and blocks[-1][-1][1] == line[0]:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _is_column(block: Sequence[_Line], text: str) -> bool:
    """Whether a block is a paragraph cut at a column: lines much alike in length, a sentence's end at the last."""
    widths = [last - first for _, _, first, last in block]
    widest = max(widths)
    if len(block) < 2 or not 50 <= widest <= 100 or not all(w >= widest - 16 for w in widths[:-1]):
        return False
    if any(text[first] in "-–—•·*#>|" for _, _, first, _ in block[1:]):
        return False
    ends = [bool(_ENDS.search(text[max(first, last - 6) : last])) for _, _, first, last in block]
    return ends[-1] and sum(ends[:-1]) * 2 < len(block) - 1 + (len(block) > 2)


def _runs_on(text: str, before: _Line, line: _Line) -> bool:
    """Whether a line goes on in the next: it is long, ends no sentence, and the next opens in lower case."""
    if not 45 <= before[3] - before[2] <= 130:
        return False
    return text[line[2]].islower() and not _ENDS.search(text[max(before[2], before[3] - 6) : before[3]])


def _unit(text: str, span: _Line, blank: bool, hint: Hint, *, markdown: bool) -> Unit:
    start, end, first, last = span
    body = text[first : min(last, first + LOOK)]
    if markdown:
        body, hint = _unmarked(body, hint)
    return Unit(start, end, first, last, body, blank, hint)


def _unmarked(body: str, hint: Hint) -> tuple[str, Hint]:
    """A Markdown line without its marks, and its heading's level."""
    match = _MARKDOWN.match(body)
    level = len(match[1] or "") if match else 0
    plain = body[match.end() :] if match else body
    if plain.startswith("!["):
        return plain.strip("![]() "), Hint(kind="caption")
    plain = re.sub(r"\[([^\[\]]{1,300})\]\([^()\s]{1,500}\)", r"\1", plain)
    plain = re.sub(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)([^*_]{1,400})(?<=\S)\1(?![\w*])", r"\2", plain)
    return plain.strip().rstrip("#").strip() or body, Hint(hint.kind, level, hint.main, hint.sure) if level else hint


def _covering(units: list[Unit], length: int) -> list[Unit]:
    """The units stretched so that they cover [0, length): each up to the start of the next."""
    stretched = []
    for i, unit in enumerate(units):
        start = 0 if i == 0 else unit.start
        end = units[i + 1].start if i + 1 < len(units) else length
        stretched.append(Unit(start, end, unit.first, unit.last, unit.text, unit.blank_before, unit.hint))
    return stretched
