"""Where a truce applies, and whether a claim plays there."""

from __future__ import annotations

from collections import Counter
from math import asin, cos, radians, sin, sqrt

from trucewatch.model import Claim, Mentions, Place, PlaceMention, PlacePrecision, Unresolved
from trucewatch.truce.cues import CROSSING
from trucewatch.truce.instruments import Instrument
from trucewatch.truce.tables import load_labels
from trucewatch.truce.wording import inside

#: Levels at which the place of a beginning is where the truce applies; a site is where it was seen to begin.
_WIDE = ("settlement", "adm2", "adm1", "country", "region")
#: How near to a town, in kilometres, a place may be so that the town's truce may hold there too.
NEAR = 30
_COUNTRY_AREA = Unresolved(missing=["lat", "lon"], why="a country is an area: no point stands for it")


def find_area(instrument: Instrument, mentions: Mentions) -> Place | None:
    """Where the truce applies: the place that its wording carries, the country where it is told to be
    nationwide, the place of its beginning; None where nothing tells it."""
    if instrument.wide:
        return _country_area(instrument, mentions)
    if instrument.areas:
        return place_of(instrument.areas[0])
    for claim in instrument.claims:
        place = claim.place
        told = place.span is not None and inside(place.span, claim.span)
        if claim.event.type == "truce_started" and told and place.name and place.level in _WIDE:
            return _bare(place)
    return None


def place_of(mention: PlaceMention) -> Place:
    """A place mention as a place, without its id and kind."""
    return _bare(mention)


def _bare(place: Place) -> Place:
    return Place(**{name: getattr(place, name) for name in Place.__struct_fields__})


def _country_area(instrument: Instrument, mentions: Mentions) -> Place | None:
    label = next(label for label in instrument.labels if label.wide)
    word = load_labels().wide.search(label.text)
    country = country_of(mentions)
    if country is None:
        return None
    start = label.span[0] + word.start() if word else label.span[0]
    end = label.span[0] + word.end() if word else label.span[1]
    return Place(
        span=(start, end),
        text=label.text[start - label.span[0] : end - label.span[0]],
        name=country[0],
        level="country",
        precision=PlacePrecision(acled=3),
        geonameid=country[1],
        unresolved=_COUNTRY_AREA,
    )


def country_of(mentions: Mentions) -> tuple[str, int | None] | None:
    """The country that most of the report's places lie in, with its GeoNames id; None where none is known."""
    counts: Counter[tuple[str, int | None]] = Counter()
    for place in mentions.places:
        if place.level == "country" and place.name and place.kind == "place":
            counts[place.name, place.geonameid] += 1
        for parent in place.within:
            if parent.level == "country":
                counts[parent.name, parent.geonameid] += 1
    if not counts:
        return None
    return min(counts, key=lambda key: (-counts[key], key[0], key[1] or 0))


def in_area(claim: Claim, area: Place | None) -> bool | None:
    """Whether one of a claim's places lies in the truce's area; None where the places known do not tell.

    A claim that names no place plays where the report plays, so in the area; an area that nobody tells holds
    all.
    """
    if area is None or area.name is None:
        return True
    spots = [claim.place, claim.place.from_, claim.place.to, *claim.places]
    told = [spot for spot in spots if spot is not None and (spot.name or spot.text)]
    if not told:
        return True
    answers = [_lies_in(spot, area) for spot in told]
    if True in answers:
        return True
    return None if None in answers else False


def _lies_in(spot: Place, area: Place) -> bool | None:
    names = _names(spot)
    if _keys(spot) & _keys(area) or area.name in names:
        return True
    if any(name in _names(area) for name in [spot.name] if name):
        # The spot holds the area: a province where the truce is of its town. It may be in or out.
        return None
    if area.level in ("region", "line") and _country(spot) is not None and _country(spot) == _country(area):
        return True  # no table tells what a front or a historical region holds
    if CROSSING.search(f"{spot.text} {spot.name}") and spot.geonameid is None:
        return True  # a crossing of the truce stands at its edge
    near = _kilometres(spot, area)
    if near is not None and near <= NEAR and area.level in ("settlement", "neighbourhood", "site"):
        return None
    return None if not spot.within and spot.geonameid is None else False


def _kilometres(one: Place, other: Place) -> float | None:
    """The distance between two points on the sphere, by the haversine formula; None where one has none."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    a, b = radians(one.lat), radians(other.lat)
    x = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, x)))


def _country(place: Place) -> str | None:
    if place.level == "country":
        return place.name
    return next((parent.name for parent in place.within if parent.level == "country"), None)


def _names(place: Place) -> list[str]:
    return [name for name in [place.name, *(parent.name for parent in place.within)] if name]


def _keys(place: Place) -> set[int]:
    return {place.geonameid} if place.geonameid is not None else set()
