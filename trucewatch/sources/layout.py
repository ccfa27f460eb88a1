"""The whole of a page: which line is the title, where the body begins and ends, what stands around it.

Lines that are furniture by themselves come marked (`furniture.local_kind`); here the others get their kind
from where they stand: before the title, between title and body, in the body, after it, among comments.
Layer: sources.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.sources.comments import Comment, is_header, is_name, is_signature
from trucewatch.sources.datelines import inline_dateline, is_plain_date
from trucewatch.sources.furniture import is_weak_lead, load_lexicon, local_kind
from trucewatch.sources.meters import is_meter
from trucewatch.sources.threads import comments_start, fill_comments
from trucewatch.sources.titles import find_title, mark_repeats
from trucewatch.sources.units import Unit

Kinds = list[str | None]
#: A summary is at most so long, in words and in sentences or lines.
_SUMMARY_WORDS, _SUMMARY_LINES = 90, 3
_MARKERS = ("byline", "dateline", "repeated_title")
_REPORTED = re.compile(r"(?:additional )?(?:reporting|writing|editing)\b", re.IGNORECASE)
_FURNITURE_HINTS = ("navigation", "widget", "promotion", "related", "template", "comment")


@dataclass(frozen=True, slots=True)
class Layout:
    """The kind of every unit, which of them is the title, and the comments."""

    kinds: list[str]
    title: int | None
    comments: list[Comment]


def lay_out(units: Sequence[Unit], *, title: str | None = None) -> Layout:
    """The kind of each unit of a page. A page of one line is body."""
    if len(units) == 1:
        return Layout(["body"], None, [])
    kinds = [_own_kind(unit) for unit in units]
    _rejoin_meter(units, kinds)
    own = find_title(units, kinds, title)
    if own is not None:
        kinds[own] = "title"
        mark_repeats(units, kinds, own)
    body = _body_start(units, kinds, own)
    _mark_weak_leads(units, kinds, body)
    zone = comments_start(units, kinds, body)
    _fill_head(units, kinds, own, body)
    _fill_body(units, kinds, body, zone)
    comments = fill_comments(units, kinds, zone)
    return Layout([kind or "body" for kind in kinds], own, comments)


# ------------------------------------------------------------------ by itself


def _own_kind(unit: Unit) -> str | None:
    """What a line is by its words and by the markup around it."""
    hint = unit.hint
    if hint.sure:
        return hint.kind
    kind = local_kind(unit)
    if kind is not None and not (hint.heading == 1 and kind not in ("widget", "navigation")):
        return kind
    if hint.heading == 1:
        return None
    if hint.kind is None:
        return None if hint.main is not False else _outside(unit)
    if hint.kind in _FURNITURE_HINTS:
        return None if _is_told_body(unit) else hint.kind
    if hint.kind in ("byline", "dateline"):
        return hint.kind if len(unit.words) <= 14 and not unit.prose else None
    if hint.kind in ("summary", "caption"):
        return hint.kind
    return None


def _is_told_body(unit: Unit) -> bool:
    """Whether running text is main content in spite of the name of the box around it."""
    sure = unit.hint.kind == "comment" or (unit.hint.kind == "promotion" and len(unit.words) <= 30)
    return unit.hint.main is True and unit.prose and not sure


def _rejoin_meter(units: Sequence[Unit], kinds: Kinds) -> None:
    """A bare share or number beside a donation meter is of it."""
    for i, unit in enumerate(units):
        beside = "donation_meter" in (kinds[i - 1] if i else None, kinds[i + 1] if i + 1 < len(units) else None)
        if beside and kinds[i] in (None, "widget") and is_meter(unit.line, beside=True):
            kinds[i] = "donation_meter"


def _outside(unit: Unit) -> str | None:
    """A line that is not in the main content, as judged by the markup: body if it is running text."""
    if unit.prose:
        return None
    return "related" if len(unit.words) >= 5 else "navigation"


# ------------------------------------------------------------------ the head


def _body_start(units: Sequence[Unit], kinds: Kinds, own: int | None) -> int:
    """Where the body begins: after the last byline, dateline or repeated title that heads it."""
    begin = -1 if own is None else own
    lines = words = 0
    start = begin + 1
    for i in range(begin + 1, len(units)):
        unit, kind = units[i], kinds[i]
        if kind is None and unit.prose and _opens(unit) and _rest_holds(units, kinds, i - 1, words):
            return i
        if kind is None:
            lines, words = lines + (len(unit.words) >= 4), words + len(unit.words)
        elif (
            _heads(unit, kind, lines, words)
            and _rest_holds(units, kinds, i, words)
            and not (words and _is_timeline(units, i))
        ):
            start, lines, words = i + 1, 0, words if kind != "repeated_title" else 0
        if words > _SUMMARY_WORDS or lines > _SUMMARY_LINES:
            break
    if start == begin + 1 and own is not None:
        return _after_subtitle(units, kinds, own)
    return start


def _heads(unit: Unit, kind: str, lines: int, words: int) -> bool:
    """Whether a marked line stands between a head and a body."""
    if kind in _MARKERS:
        return not (kind == "byline" and _REPORTED.match(unit.line))
    return kind in ("widget", "summary") and lines <= 1 and words <= 45


def _is_timeline(units: Sequence[Unit], i: int) -> bool:
    """Whether a date heads one of several paragraphs, each under a date of its own."""
    if not is_plain_date(units[i].line):
        return False
    for j in range(i + 1, min(i + 12, len(units))):
        if is_header(units[j]) or is_signature(units[j]):
            return False
        if units[j].line and is_plain_date(units[j].line):
            return j > i + 1
    return False


def _opens(unit: Unit) -> bool:
    return not unit.bullet and inline_dateline(unit.text[:200], first=False) is not None


def _rest_holds(units: Sequence[Unit], kinds: Kinds, i: int, words: int) -> bool:
    """Whether enough running text follows for the lines so far to be its head."""
    rest = 0
    for j in range(i + 1, len(units)):
        if kinds[j] is None and units[j].prose:
            rest += len(units[j].words)
        if rest * 2 >= words and rest > 0:
            return True
    return False


def _after_subtitle(units: Sequence[Unit], kinds: Kinds, own: int) -> int:
    """Without a marker only a second headline under the title is a summary."""
    i = own + 1
    while i < len(units) and kinds[i] in ("widget", "promotion", "caption"):
        i += 1
    if i + 1 >= len(units) or kinds[i] is not None:
        return own + 1
    unit, following = units[i], units[i + 1]
    headline = not unit.prose and not unit.bullet and not unit.ends and 4 <= len(unit.words) <= 30
    if headline and unit.text[-1] not in ":," and kinds[i + 1] is None and following.prose and not following.bullet:
        return i + 1
    return own + 1


def _fill_head(units: Sequence[Unit], kinds: Kinds, own: int | None, body: int) -> None:
    """Give what stands before the body its kind."""
    for i in range(body):
        if kinds[i] is not None:
            continue
        if own is not None and i > own:
            kinds[i] = _before_body(units, kinds, i)
        elif own is not None and i < own:
            kinds[i] = _before_title(units[i])
        else:
            kinds[i] = "summary" if units[i].prose else None


def _before_body(units: Sequence[Unit], kinds: Kinds, i: int) -> str:
    """The kind of a line between title and body: summary, the bare name of its writer, or a section's name."""
    unit = units[i]
    beside = (kinds[i - 1], kinds[i + 1] if i + 1 < len(units) else None)
    if 2 <= len(unit.text.split()) <= 4 and is_name(unit) and ("dateline" in beside or "byline" in beside):
        return "byline"
    return "summary" if unit.prose or len(unit.words) >= 4 else "navigation"


def _before_title(unit: Unit) -> str | None:
    if unit.prose:
        return "summary" if len(unit.words) <= _SUMMARY_WORDS else None
    return "related" if len(unit.words) >= 4 else "navigation"


# ------------------------------------------------------------------ the body and what follows it


def _fill_body(units: Sequence[Unit], kinds: Kinds, body: int, zone: int) -> None:
    """Give the lines of the body and of the tail their kind; what is not surely furniture is body."""
    last = max((i for i in range(body, zone) if kinds[i] is None and units[i].prose), default=body - 1)
    opened = False
    for i in range(body, zone):
        unit = units[i]
        if kinds[i] == "comment":  # a box of comments before the article's end is a counter, or no box at all
            kinds[i] = None if unit.prose else "widget"
        dated = kinds[i] == "dateline" and is_plain_date(unit.line)
        if dated and i < last and (opened or _is_timeline(units, i)):
            kinds[i] = None  # a date that heads a paragraph
        if kinds[i] is not None:
            continue
        if _in_list(units, kinds, i, body):
            kinds[i] = "related"
        elif i > last and opened:
            kinds[i] = _tail_kind(units, kinds, i, zone)
        else:
            kinds[i] = "body"
            opened = opened or unit.prose
    _rejoin_numbers(units, kinds, body, last)


def _mark_weak_leads(units: Sequence[Unit], kinds: Kinds, body: int) -> None:
    """In a body "Explainer: ..." is another article; before it, it may well be the title."""
    for i in range(body + 1, len(units)):
        unit = units[i]
        if kinds[i] is None and unit.line and not unit.full_stop and not unit.bullet and is_weak_lead(unit.line):
            kinds[i] = "related"


def _in_list(units: Sequence[Unit], kinds: Kinds, i: int, body: int) -> bool:
    """Whether a line belongs to the list of other articles that stands right before it."""
    before = kinds[i - 1] if i > body else None
    if before == "dateline" and i > body + 1 and is_plain_date(units[i - 1].line):
        before = kinds[i - 2]
    if before != "related":
        return False
    unit, previous = units[i], units[i - 1]
    if not unit.prose and not unit.bullet:
        return _headline(unit) and (not _is_single(previous) or not unit.blank_before)
    shared = {w[:6] for w in unit.words if len(w) > 3} & {w[:6] for w in previous.words if len(w) > 3}
    return len(unit.words) <= 45 and not previous.prose and unit.text.endswith(("…", "...")) and len(shared) >= 2


def _is_single(unit: Unit) -> bool:
    """Whether a line of other articles is complete by itself ("Read more: headline")."""
    return bool(unit.line) and load_lexicon().lines["related"].fullmatch(unit.line) is None and ":" in unit.line


def _headline(unit: Unit) -> bool:
    return 3 <= len(unit.words) <= 24 and not unit.full_stop and not unit.text.endswith(":")


def _tail_kind(units: Sequence[Unit], kinds: Kinds, i: int, zone: int) -> str:
    """The kind of a line after the last running text: other headlines, menus, or still body."""
    before, unit = kinds[i - 1], units[i]
    listed = before in ("related", "navigation", "template")
    if before == "body" or unit.bullet or unit.prose:
        return "body"
    if listed and not unit.ends and not unit.text.endswith(":"):
        return "related" if _headline(unit) and before == "related" else "navigation"
    if unit.ends or unit.text.endswith(":"):
        return "body"
    run = [j for j in range(i, min(i + 4, zone)) if kinds[j] is None and _headline(units[j]) and not units[j].bullet]
    if len(run) >= 2 or (before in ("byline", "dateline") and _headline(unit)):
        return "related"
    if before == "widget" and len(unit.words) <= 3 and not any(char.isdigit() for char in unit.text):
        return "navigation"
    return "body"


def _rejoin_numbers(units: Sequence[Unit], kinds: Kinds, body: int, last: int) -> None:
    """A bare number among lines of the body is one of a table, no counter."""
    for i in range(body + 1, last):
        line = units[i].line
        if kinds[i] == "widget" and line.replace(",", "").isdigit() and kinds[i - 1] == kinds[i + 1] == "body":
            kinds[i] = "body"
