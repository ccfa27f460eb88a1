"""Where the readers' comments begin on a page, and which of the lines there are theirs. Layer: sources."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.sources.comments import (
    Comment,
    header_count,
    is_dated,
    is_header,
    is_name,
    is_signature,
    is_votes,
    split_comments,
)
from trucewatch.sources.units import Unit

Kinds = list[str | None]


def comments_start(units: Sequence[Unit], kinds: Kinds, body: int) -> int:
    """Where the readers' comments begin, len(units) where there are none."""
    told = [
        i for i in range(body, len(units)) if kinds[i] is None and units[i].prose and units[i].hint.kind != "comment"
    ]
    if not told:
        return len(units)
    hinted = _hinted_start(units, told)
    if hinted is not None:
        return hinted
    unmarked = _unmarked_start(units, kinds, told[0])
    headers = [i for i in range(told[0] + 1, len(units)) if is_header(units[i])]
    for at, i in enumerate(headers):
        if at + 1 == len(headers) or _looks_commented(units, i) or told[-1] < i:
            return min(i, unmarked) if _header_holds(units, i, told) else unmarked
    return unmarked


def _hinted_start(units: Sequence[Unit], told: Sequence[int]) -> int | None:
    """Where the markup says that comments begin, unless much of the article is still to come."""
    after = sum(len(units[i].words) for i in told)
    total, at = after, 0
    for i in range(told[0] + 1, len(units)):
        while at < len(told) and told[at] < i:
            after, at = after - len(units[told[at]].words), at + 1
        if units[i].hint.kind == "comment" and after * 4 <= total:
            return i
    return None


def _header_holds(units: Sequence[Unit], i: int, told: Sequence[int]) -> bool:
    """Whether what follows a header can be comments: a counter before most of the article is none."""
    before = sum(len(units[j].words) for j in told if j < i)
    after = sum(len(units[j].words) for j in told if j > i)
    return after <= 3 * before or _looks_commented(units, i)


def _looks_commented(units: Sequence[Unit], i: int) -> bool:
    return any(is_votes(u) or is_signature(u) for u in units[i + 1 : i + 14])


def _unmarked_start(units: Sequence[Unit], kinds: Kinds, first: int) -> int:
    """Where comments without a heading begin: at the name above the first line of votes or the first signature."""
    for i in range(first + 1, len(units)):
        unit = units[i]
        if kinds[i] in ("byline", "template", "donation_meter", "promotion"):
            continue
        if is_votes(unit):
            start = _name_above(units, i, first)
            if start is not None:
                return start
        elif is_signature(unit) and any(is_votes(u) or is_signature(u) for u in units[i + 1 : i + 14]):
            return i
    return len(units)


def _name_above(units: Sequence[Unit], i: int, first: int) -> int | None:
    """The line that opens the comment whose votes stand at `i`: a signature, or a name that stands apart."""
    for j in range(i - 2, max(first, i - 9), -1):
        unit = units[j]
        if is_header(unit):
            return None
        if is_signature(unit):
            return j
        apart = unit.blank_before or is_dated(units[j + 1])
        if apart and is_name(unit) and unit.line[:1].isupper():
            return j
    return None


def fill_comments(units: Sequence[Unit], kinds: Kinds, zone: int) -> list[Comment]:
    """Give the lines from `zone` on their kind, and tell the comments among them."""
    if zone >= len(units):
        return []
    counts = (header_count(units[i]) for i in range(zone, len(units)) if is_header(units[i]))
    told = next((count for count in counts if count is not None), None)
    found = _comment_lines(units, kinds, zone, told)
    comments = split_comments(units, found, told)
    for comment in comments:  # a button in the midst of a comment is of it
        kinds[comment.first : comment.last + 1] = ["comment"] * (comment.last + 1 - comment.first)
    return comments


def _comment_lines(units: Sequence[Unit], kinds: Kinds, zone: int, told: int | None) -> list[int]:
    """The indexes of the comments' lines; all others from `zone` on get their kind."""
    marks = {i for i in range(zone, len(units)) if is_votes(units[i]) or is_signature(units[i])}
    final = max(marks, default=-1)
    found: list[int] = []
    closed: str | None = None
    for i in range(zone, len(units)):
        unit = units[i]
        kind = _zone_kind(unit, kinds[i], is_mark=i in marks or _is_inside(units, i, found))
        if kind is None and i > final and closed is not None and not (closed == "template" and unit.prose):
            kind = closed
        if kind is None and not marks and (told == 0 or not (unit.prose or found or told)) and len(unit.words) <= 2:
            kind = "widget"  # "0", "Rules": no comment is told
        if kind is None:
            found.append(i)
        elif kind in ("template", "related", "navigation"):
            closed = kind
        kinds[i] = kind or "comment"
    return found


def _is_inside(units: Sequence[Unit], i: int, found: Sequence[int]) -> bool:
    """Whether a line is of the comment before it whatever its words: first after its author, or a bare number."""
    if not found or found[-1] != i - 1:
        return False
    return is_signature(units[i - 1]) or is_dated(units[i - 1]) or units[i].line.isdigit()


def _zone_kind(unit: Unit, kind: str | None, *, is_mark: bool) -> str | None:
    """The furniture that a line among comments is, None for a line of a comment."""
    if is_mark:
        return None
    if is_header(unit) and kind in (None, "widget", "navigation"):
        return "widget"
    if kind in ("widget", "template", "navigation", "related", "donation_meter"):
        return kind
    if kind == "promotion":
        return None if unit.prose and unit.hint.kind != "promotion" else kind
    return None
