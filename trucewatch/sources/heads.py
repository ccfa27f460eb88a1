"""What a page tells of itself in its parts: published date, byline, outlet. Layer: sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from trucewatch.model import Note, Part, Published
from trucewatch.sources.datelines import published_label
from trucewatch.sources.dates import PageDate, find_date
from trucewatch.sources.furniture import support_name
from trucewatch.sources.titles import without_suffix
from trucewatch.sources.units import Unit

_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|compiled|translated|story|text|words|report|reported) )?by:?\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*(?:authors?|writer|reporter|correspondent|byline)\s*[:|]\s*", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:[|·•–—]|\s-\s|\b(?:published|updated|posted|on|(?:exclusively )?for)\b|\d{1,2}[:./ ]).*$", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d\s*(?:[-–]\s*(?:19|20)?\d\d)?\s*,?\s*)?(?:by\s+)?"
    r"(?P<name>(?:The )?[A-Z][\w'’&.\-]*(?: (?:of|the|and|for|&|de|al) [A-Z][\w'’&.\-]*| [A-Z][\w'’&.\-]*){0,5})",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s(?:[|–—]|-)\s(?P<name>[^|–—]{2,40})$")


def find_published(text: str, parts: Sequence[Part]) -> tuple[Published, tuple[Note, ...]]:
    """The date a page gives itself: a published line, else a dateline's full date, else an update line.

    Without a full date the value is null; a date that can be read two ways is noted and not chosen.
    """
    ranked: list[tuple[int, int, PageDate]] = []
    for part in parts:
        if part.kind not in ("dateline", "byline", "widget", "navigation"):
            continue
        ranked.extend(_dates(text, part))
    clear = [found for found in sorted(ranked, key=lambda item: item[:2]) if found[2].value is not None]
    if clear:
        rank, _, best = clear[0]
        published = Published(value=best.value, precision=best.precision, basis="page", span=best.span)
        return published, (_update_note(best),) if rank == 3 else ()
    if ranked:
        unclear = sorted(ranked, key=lambda item: item[:2])[0][2]
        return Published(), (_ambiguous_note(text, unclear),)
    return Published(), ()


def _dates(text: str, part: Part) -> list[tuple[int, int, PageDate]]:
    """(rank, position, date) of the dates in a part, line by line: labelled, dateline, byline, update."""
    found = []
    at = part.span[0]
    for line in text[slice(*part.span)].splitlines(keepends=True):
        date = find_date(text, at, at + len(line))
        if date is not None:
            label = published_label(line.strip())
            rank = {"published": 0, "updated": 3, None: 1 if part.kind == "dateline" else 2}[label]
            if part.kind in ("dateline", "byline") or label == "published":
                found.append((rank, at, date))
        at += len(line)
    return found


def _update_note(found: PageDate) -> Note:
    message = "only the date of an update is told; it is taken as the published date"
    return Note(level="info", code="published_from_update", message=message, span=found.span)


def _ambiguous_note(text: str, found: PageDate) -> Note:
    words = text[slice(*found.span)]
    message = f"the date {words!r} can be read day first or month first; give --published to tell which"
    return Note(level="warning", code="published_ambiguous", message=message, span=found.span)


def find_byline(text: str, parts: Sequence[Part]) -> str | None:
    """Who wrote it, without "By" and what follows the names; None where no byline stands in the page."""
    for part in parts:
        if part.kind != "byline":
            continue
        for line in text[slice(*part.span)].splitlines():
            names = _LABEL.sub("", _BY.sub("", " ".join(line.split())))
            names = _CUT.sub("", names).strip(" ,;.|")
            if names:
                return names
    return None


def find_outlet(text: str, units: Sequence[Unit], kinds: Sequence[str], title: str | None) -> str | None:
    """Whose page it is, by its own furniture: a copyright line, what it asks to support, the title's suffix."""
    names: Counter[str] = Counter()
    for unit, kind in zip(units, kinds, strict=True):
        if kind == "template":
            match = _COPYRIGHT.search(unit.text)
            if match is not None:
                names[_clean(match["name"])] += 3
        elif kind == "promotion":
            name = support_name(unit.line)
            if name is not None:
                names[_clean(name)] += 2
    suffix = _SUFFIX.search(title or "")
    repeated = sum(unit.norm.startswith(_words(without_suffix(title or ""))) for unit in units) >= 2
    if suffix is not None and repeated and suffix["name"][:1].isupper() and len(suffix["name"].split()) <= 4:
        names[suffix["name"].strip()] += 1
    names.pop("", None)
    return min(names, key=lambda name: (-names[name], name)) if names else None


def _words(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:['’.\-/][^\W_]+)*", title.lower().replace("’", "'")))


def _clean(name: str) -> str:
    """A name without what follows it in a line of rights or promotion."""
    name = re.split(r"\b(?:all rights|rights reserved|ltd|llc|inc)\b", name, flags=re.IGNORECASE)[0]
    return "" if name.lower().split()[:1] in (["us"], ["our"], ["independent"], ["this"]) else name.strip(" .,")
