"""A page's text told apart into its parts: title, summary, body and the furniture around them.

    1  lines         -> units, with what each is by its own words        (units, furniture)
    2  the whole     -> title, head, body, tail, readers' comments       (layout)
    3  units         -> parts: neighbours of one kind joined, datelines cut from their sentence,
                        amounts read from meters, comments told one by one

The parts partition the text. What is not surely furniture stays body: lost body is the worst error.
Layer: sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.model import Note, Part, Published, Span
from trucewatch.sources.comments import Comment
from trucewatch.sources.heads import find_byline, find_outlet, find_published
from trucewatch.sources.layout import Layout, lay_out
from trucewatch.sources.meters import amounts
from trucewatch.sources.oneline import endings, openings
from trucewatch.sources.titles import without_suffix
from trucewatch.sources.units import Hint, Unit, split_units


@dataclass(frozen=True, slots=True)
class Page:
    """What a page's text tells of itself: its parts, and title, byline, published date and outlet where found."""

    parts: list[Part]
    title: str | None = None
    byline: str | None = None
    published: Published = field(default_factory=Published)
    outlet: str | None = None
    notes: tuple[Note, ...] = ()


def split_parts(
    text: str, *, title: str | None = None, hints: Mapping[int, Hint] | None = None, markdown: bool = False
) -> list[Part]:
    """The parts of a text. `title`: as known from elsewhere; `hints`: what the markup tells of its lines."""
    return read_page(text, title=title, hints=hints, markdown=markdown).parts


def read_page(
    text: str, *, title: str | None = None, hints: Mapping[int, Hint] | None = None, markdown: bool = False
) -> Page:
    """The parts of a text, and what the page tells of itself. Arguments as for `split_parts`."""
    units = split_units(text, hints, markdown=markdown)
    if not units:
        return Page([Part(kind="body", span=(0, len(text)))] if text else [], title=title)
    layout = lay_out(units, title=title)
    parts = _joined(text, units, layout, title)
    published, notes = find_published(text, parts)
    own = layout.title
    found = units[own].text if own is not None else title
    return Page(
        parts=parts,
        title=without_suffix(found) if found else None,
        byline=find_byline(text, parts),
        published=published,
        outlet=find_outlet(text, units, layout.kinds, found),
        notes=notes,
    )


def _joined(text: str, units: Sequence[Unit], layout: Layout, title: str | None) -> list[Part]:
    """The parts: runs of units of one kind, comments one by one, datelines cut from the sentence they precede."""
    parts: list[Part] = []
    comments = {comment.first: (i + 1, comment) for i, comment in enumerate(layout.comments)}
    opened = False
    for i, unit in enumerate(units):
        kind = layout.kinds[i]
        if i in comments:
            position, comment = comments[i]
            parts.append(_comment(unit, position, comment))
        elif kind == "body" and not unit.bullet:
            _add_body(parts, text, unit, (not opened, title if len(units) <= 2 else None))
            opened = opened or unit.prose or unit.full_stop
        else:
            _add(parts, kind, unit.start, unit.end)
    return [_with_amounts(part, text) for part in parts]


def _comment(unit: Unit, position: int, comment: Comment) -> Part:
    return Part(
        kind="comment",
        span=(unit.start, unit.end),
        author=comment.author,
        posted=comment.posted,
        votes=comment.votes,
        position=position,
    )


def _add(parts: list[Part], kind: str, start: int, end: int) -> None:
    """Add [start, end) to the part before where it is of the same kind, else as a part of its own."""
    if start >= end:
        return
    last = parts[-1] if parts else None
    if last is not None and last.kind == kind:
        parts[-1] = _stretched(last, end)
    else:
        parts.append(Part(kind=kind, span=(start, end)))


def _stretched(part: Part, end: int) -> Part:
    values = {name: getattr(part, name) for name in ("author", "posted", "votes", "position")}
    return Part(kind=part.kind, span=(part.span[0], end), **values)


def _add_body(parts: list[Part], text: str, unit: Unit, opening: tuple[bool, str | None]) -> None:
    """Add a unit of the body, what is no body in the same line cut off."""
    first, title = opening
    at = unit.start
    for kind, end in openings(text, unit, first=first, title=title):
        _add(parts, kind, at, end)
        at = end
    tails = endings(text, unit, at) if unit.prose else []
    kinds = ["body", *(kind for kind, _ in tails)]
    for kind, end in zip(kinds, [*(begin for _, begin in tails), unit.end], strict=True):
        _add(parts, kind, at, end)
        at = end


def _with_amounts(part: Part, text: str) -> Part:
    if part.kind != "donation_meter":
        return part
    found, currency = amounts(text[slice(*part.span)])
    return Part(kind=part.kind, span=part.span, amounts=found, currency=currency)


def span_of(part: Part, text: str) -> Span:
    """A part's span without the white space at its edges."""
    start, end = part.span
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), start + len(body.rstrip())
