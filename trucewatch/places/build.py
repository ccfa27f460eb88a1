"""From a resolved phrase to a place mention: name, point, precision, parents, and what stays open.

Layer: places. Imports only model and this folder.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from trucewatch.model import Control, PlaceMention, PlacePrecision, Unresolved, Within
from trucewatch.places.choose import Context
from trucewatch.places.gazetteer import Entry
from trucewatch.places.names import key
from trucewatch.places.shape import Phrase

SideOf = Callable[[str, str | None], str | None]

COUNTRY = "a country is an area: no point stands for it"
REGION = "a region is an area: the gazetteer has no point for it"
NOT_HELD = "not in the gazetteer; what holds it stands in `within`"
SEAT = "names a government by its seat, not a place"
STATE = "names a government by its country, not a place"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A phrase and what it stands for; `back` is the earlier phrase that a reference goes back to."""

    phrase: Phrase
    entry: Entry | None
    parent: Entry | None
    why: str | None
    government: bool
    back: Resolved | None = None
    outside: bool = False  # tells where somebody is, not where it happened: the report's city need not hold it


def built(text: str, r: Resolved, context: Context, side_of: SideOf | None) -> PlaceMention | None:
    """Give the mention of a resolved phrase."""
    if r.government:
        return _government(text, r)
    if r.phrase.nameless:
        return _nameless(text, r, context, side_of)
    root = r.back or r
    if root.entry is not None:
        return _known(text, r, root.entry, context, side_of)
    return _unknown(text, r, root, context, side_of)


def _government(text: str, r: Resolved) -> PlaceMention:
    p = r.phrase
    state = r.entry is not None and r.entry.level == "country"
    return PlaceMention(
        kind="government",
        span=(p.start, p.end),
        text=text[p.start : p.end],
        name=shown(p, r.entry),
        unresolved=Unresolved(missing=["lat", "lon", "geonameid"], why=STATE if state else SEAT),
    )


def _known(text: str, r: Resolved, entry: Entry, context: Context, side_of: SideOf | None) -> PlaceMention:
    p = r.phrase
    modifier = _modifier(r)
    if modifier and p.core is not None and key(f"{modifier} {p.core.text}") == key(entry.name):
        modifier = None  # "eastern Ghouta" is a region of that name
    if p.led and p.hint in ("adm2", "neighbourhood") and entry.level == "settlement" and modifier is None:
        modifier = f"{p.noun} of"
    level, precision = _extent(entry, modifier, p.near)
    within = context.gazetteer.parents(entry)
    centre = level == "neighbourhood" and entry.level == "settlement"
    if centre:
        within = [Within(name=entry.name, level=entry.level, geonameid=entry.geonameid), *within]
    open_ = None
    if entry.lat is None:
        open_ = Unresolved(missing=["lat", "lon"], why=COUNTRY if entry.level == "country" else REGION)
    return PlaceMention(
        span=(p.start, p.end),
        text=text[p.start : p.end],
        name=context.names.get(entry.id) or shown((r.back or r).phrase, entry),
        lat=entry.lat,
        lon=entry.lon,
        level=level,
        precision=precision,
        geonameid=entry.geonameid,
        within=within,
        modifier=modifier,
        control=_control(text, p, entry.country, side_of),
        unresolved=open_,
    )


def _unknown(text: str, r: Resolved, root: Resolved, context: Context, side_of: SideOf | None) -> PlaceMention:
    p, own = r.phrase, root.phrase
    within, city = _holding(root, context)
    level = own.hint or ("neighbourhood" if (context.focused or city) and not own.definite else None)
    missing = ["lat", "lon", "geonameid"] + ([] if level else ["level"]) + ([] if within else ["within"])
    why = root.why or (NOT_HELD if within else "not in the gazetteer, and what holds it is not told")
    exact = not p.near and (city or own.hint in ("site", "neighbourhood")) and level not in ("region", "line", "adm1")
    country = context.country
    return PlaceMention(
        span=(p.start, p.end),
        text=text[p.start : p.end],
        name=_title(own.name or "", own),
        level=level,
        precision=PlacePrecision(acled=3 if level == "adm1" else 1 if exact else 2),
        within=within,
        modifier=_modifier(r),
        control=_control(text, p, country, side_of),
        unresolved=Unresolved(missing=missing, why=why),
    )


def _nameless(text: str, r: Resolved, context: Context, side_of: SideOf | None) -> PlaceMention:
    p = r.phrase
    wording = text[p.start : p.end]
    held = p.hint in ("site", "line") and context.anchor is not None
    within = _chain(context.anchor, context) if held and context.anchor else []
    return PlaceMention(
        span=(p.start, p.end),
        text=wording,
        level=p.hint,
        within=within,
        modifier=p.modifier,
        control=_control(text, p, context.country, side_of),
        unresolved=Unresolved(
            missing=["name", "lat", "lon", "geonameid"] + ([] if within else ["within"]),
            why=f"“{wording}” is told without a name"
            + ("; the report's own place stands in `within`" if within else ""),
        ),
    )


# ------------------------------------------------------------------ pieces


def _holding(root: Resolved, context: Context) -> tuple[list[Within], bool]:
    """What holds a place that the gazetteer has not: the parent told, else the report's own; and if it is a city."""
    if root.parent is not None:
        return _chain(root.parent, context), root.parent.level == "settlement"
    anchor, country = context.anchor, context.home
    if root.phrase.definite:
        anchor = None  # "the Nile" lies in no one town
    if anchor is not None and not root.outside and root.phrase.hint not in ("adm1", "region") and context.focused:
        return _chain(anchor, context), True
    if anchor is not None and context.focused and root.phrase.hint != "adm1":
        return context.gazetteer.parents(anchor), False
    if country is not None:
        entry = context.gazetteer.country(country)
        return (_chain(entry, context) if entry else []), False
    return [], False


def _chain(entry: Entry, context: Context) -> list[Within]:
    return [
        Within(name=entry.name, level=entry.level, geonameid=entry.geonameid),
        *context.gazetteer.parents(entry),
    ]


def _modifier(r: Resolved) -> str | None:
    """The phrase's own modifier, before that of the place it goes back to where it has none."""
    return r.phrase.modifier


_CENTRE = ("centre of", "center of", "heart of")


def _extent(entry: Entry, modifier: str | None, near: bool) -> tuple[str, PlacePrecision]:
    """Level and precision: the radius follows from the people (a settlement of a million reaches some 8 km)."""
    if entry.level == "country":
        return "country", PlacePrecision(acled=3)
    if entry.level in ("adm1", "region"):
        return entry.level, PlacePrecision(acled=3 if modifier is None else 2)
    if entry.level == "adm2":
        return "adm2", PlacePrecision(acled=2)
    radius = max(2, min(25, round(math.sqrt(entry.population) / 120))) if entry.level == "settlement" else 1
    if near:
        return entry.level, PlacePrecision(acled=2, radius_km=float(max(10, radius + 5)))
    if modifier and any(modifier.endswith(c) or modifier == c for c in _CENTRE) and entry.level == "settlement":
        return "neighbourhood", PlacePrecision(acled=1, radius_km=float(max(1, round(radius / 4))))
    if modifier and modifier.split()[-2:-1] in (
        ["countryside"],
        ["outskirts"],
        ["vicinity"],
        ["area"],
        ["surroundings"],
    ):
        return entry.level, PlacePrecision(acled=2, radius_km=float(radius + 10))
    if modifier:
        return entry.level, PlacePrecision(acled=1, radius_km=float(max(1, round(radius * 0.6))))
    return entry.level, PlacePrecision(acled=1, radius_km=float(radius))


def _control(text: str, p: Phrase, country: str | None, side_of: SideOf | None) -> Control | None:
    if p.held is None:
        return None
    side = side_of(p.held.who, country or None) if side_of is not None else None
    return Control(side=side, span=(p.held.start, p.held.end), text=text[p.held.start : p.held.end])


def shown(p: Phrase, entry: Entry | None) -> str | None:
    """The name: as the text writes it; the gazetteer's for units, for capitals throughout and for short forms."""
    if entry is None:
        return _title(p.name or "", p)
    if p.core is None:
        return entry.name
    written = p.core.text
    if entry.level in ("adm1", "adm2", "country", "region") or written.isupper() or len(written) <= 3:
        return entry.name
    return written


def _title(name: str, p: Phrase) -> str:
    """A name that is written in capitals throughout, as a name."""
    name = " ".join(name.split())
    return name.title() if name.isupper() and len(name) > 4 else name
