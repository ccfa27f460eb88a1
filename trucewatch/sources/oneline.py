"""What stands in one line with the body: datelines and titles before its first sentence, furniture after its last.

Scrapes lose the line breaks of a page: "12 March 2017 Title here The army said ... it said. Read also". Only
what is surely none of the article is cut off. Layer: sources.
"""

from __future__ import annotations

import re

from trucewatch.sources.datelines import inline_dateline, leading_date
from trucewatch.sources.dates import find_date
from trucewatch.sources.furniture import local_kind
from trucewatch.sources.units import Unit

Cut = tuple[str, int]

#: The end of an article that runs on in its last line: who reported.
_SIGN_OFF = re.compile(
    r"(?:^|(?<=[.!?\"”] )|(?<=[.!?\"”]))\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting)"
    r"(?: and (?:[Ww]riting|[Ee]diting))? by [A-Z][^.!?]{3,160}(?:[.;][^.!?]{0,120}){0,2}$"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”')\]]*(?=\s|\S?[A-Z\-–—(]|$)")
_TAGS = re.compile(r"\W*(?:\d+\s+)?(?:\.\.\.\s*)?(?:\d+\s+){0,3}Tags\b.*", re.DOTALL)
_TAIL = 260


def openings(text: str, unit: Unit, *, first: bool, title: str | None) -> list[Cut]:
    """What stands before the first sentence of a line of the body: (kind, where it ends), in order.

    `first`: the line opens the body; `title`: the known title, where the line may hold the whole page.
    """
    found: list[Cut] = []
    at = unit.first
    for _ in range(4):
        step = _opening(text[at : at + 400], first=first, title=title)
        if step is None or at + step[1] >= unit.last - 12:
            break
        at += step[1]
        found.append((step[0], at))
        title = None if step[0] == "title" else title
    return found


def _opening(rest: str, *, first: bool, title: str | None) -> Cut | None:
    if first:
        titled = _title_in(rest, title)
        if titled is not None:
            return (
                ("title", titled.end())
                if titled.start() == 0
                else (_before_title(rest[: titled.start()]), titled.start())
            )
        dated = leading_date(rest)
        if dated is not None:
            return "dateline", dated
    length = inline_dateline(rest, first=first)
    return None if length is None else ("dateline", length)


def _before_title(words: str) -> str:
    return "dateline" if find_date(words) is not None else "navigation"


def _title_in(rest: str, title: str | None) -> re.Match[str] | None:
    """Where the known title stands before a new sentence, with no sentence before it."""
    words = re.findall(r"\w+", title) if title else []
    if len(words) < 3:
        return None
    pattern = r"\W+".join(re.escape(word) for word in words) + r"(?!\w)[^\w\"“(]*"
    match = re.compile(pattern, re.IGNORECASE).search(rest)
    if match is None or match.start() > 130 or _SENTENCE_END.search(rest, 0, match.start()):
        return None
    following = rest[match.end() : match.end() + 1]
    return match if following.isupper() or following.isdigit() or following in ('"', "“", "(") else None


def endings(text: str, unit: Unit, start: int) -> list[tuple[str, int]]:
    """What stands after the last sentence of a line of the body: (kind, where it begins), in order."""
    found: list[tuple[str, int]] = []
    stop = unit.last
    for _ in range(3):
        cut = _ending(text, max(start, stop - _TAIL), stop, start)
        if cut is None:
            break
        found.insert(0, cut)
        stop = cut[1]
    return found


def _ending(text: str, low: int, stop: int, start: int) -> tuple[str, int] | None:
    sign_off = _SIGN_OFF.search(text, max(start, stop - 420), stop)
    if sign_off is not None and sign_off.start() > start:
        return "byline", sign_off.start()
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, stop) if match.end() < stop]
    for at in ends[:-4:-1]:
        tail = text[at:stop].strip()
        if not tail or at <= start:
            continue
        kind = "navigation" if _TAGS.fullmatch(tail) else _tail_kind(tail)
        if kind is not None:
            return kind, at + len(text[at:stop]) - len(text[at:stop].lstrip())
    return None


def _tail_kind(tail: str) -> str | None:
    """What the words after the last sentence are, None where they may be the article's."""
    unit = Unit(0, len(tail), 0, len(tail), tail, blank_before=True)
    kind = local_kind(unit)
    return kind if kind in ("widget", "template", "related", "byline", "navigation") else None
