"""The corridors and crossings of a truce: where they are, for whom, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trucewatch.model import Claim, Corridor, Place, Span, Words
from trucewatch.truce.area import in_area, place_of
from trucewatch.truce.case import Case, actors_of, ids
from trucewatch.truce.cues import CROSSING
from trucewatch.truce.evidence import Evidence, denied_movement
from trucewatch.truce.sentences import sentence_span

_LEADS_TO = re.compile(
    CROSSING.pattern + r"[^.,;:]{0,25}\b(?:at|in|of|near|to|through|via)\s+(?:the\s+)?(?:area\s+of\s+)?$",
    re.I,
)
_FOLLOWS = re.compile(r"\s+" + CROSSING.pattern, re.I)
_CHECKPOINT = re.compile(r"\b(?:checkpoints?|check-?posts?|posts?)\b", re.IGNORECASE)
_CORRIDORS = re.compile(
    r"\b(?:(?:humanitarian|safe|green|evacuation|aid|exit|civilian|medical)\s+)+(?:corridors?|"
    r"passages?|routes?)\b",
    re.IGNORECASE,
)
#: Words that tell for whom a corridor is, the plainest last.
_FOR = {
    "fighters": re.compile(r"\b(?:fighters?|militants?|rebels?|combatants?|insurgents?|gunmen|soldiers)\b", re.I),
    "medical": re.compile(r"\b(?:sick|wounded|patients?|injured|medical|ambulances?)\b", re.I),
    "aid": re.compile(r"\b(?:aid|relief|supplies|food|convoys?|trucks?)\b", re.I),
    "civilians": re.compile(r"\b(?:civilians?|families|residents?|people|population|women|children)\b", re.I),
}


#: Claims that tell of a corridor as used.
CROSSED = ("movement_crossed", "movement_left", "evacuation", "medical_evacuation", "aid_delivered")


@dataclass(slots=True)
class _Spot:
    """A crossing in the making: its place, its checkpoints, and the claims told at it."""

    name: str
    place: Place
    checkpoints: list[Place] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def find_corridors(case: Case, evidence: Evidence) -> list[Corridor]:
    """The corridors of a truce, the named crossings first, then corridors told without a name."""
    spots = _spots(case)
    told = _told_claims(case, evidence)
    for spot in spots:
        spot.claims = [claim for claim in told if _at(claim, spot)]
    found = [_corridor(case, spot, evidence) for spot in spots if spot.claims]
    unnamed = _unnamed(case, evidence, told, {claim.id for spot in spots for claim in spot.claims})
    return found + ([unnamed] if unnamed is not None else [])


def _spots(case: Case) -> list[_Spot]:
    """Places in the area that are crossings by their words or by the words that they stand beside."""
    spots: dict[str, _Spot] = {}
    for mention in case.mentions.places:
        if mention.kind != "place" or mention.span is None or mention.name is None:
            continue
        if not _is_crossing(case, f"{mention.text} {mention.name}", mention.span):
            continue
        place = place_of(mention)
        spot = spots.get(mention.name)
        if spot is None:
            spot = spots[mention.name] = _Spot(mention.name, place)
        elif _plainer(place, spot.place):
            spot.place = place
        if _CHECKPOINT.search(mention.text or "") and all(c.span != place.span for c in spot.checkpoints):
            spot.checkpoints.append(place)
    return list(spots.values())


def _plainer(one: Place, other: Place) -> bool:
    """Whether a wording names the crossing itself where the earlier one names a side of it."""
    ranks = [
        (bool(p.modifier), bool(_CHECKPOINT.search(p.text or "")), not CROSSING.search(p.text or ""))
        for p in (one, other)
    ]
    return ranks[0] < ranks[1]


def _is_crossing(case: Case, text: str, span: Span) -> bool:
    if CROSSING.search(text):
        return True
    start, end = sentence_span(case.doc, span[0])
    beside = case.doc.text[max(start, span[0] - 60) : span[0]]
    joined = _LEADS_TO.search(beside)
    after = _FOLLOWS.match(case.doc.text[span[1] : min(end, span[1] + 30)])
    return bool(joined or after)


def _told_claims(case: Case, evidence: Evidence) -> list[Claim]:
    """Claims of the truce told as having happened, one for each incident."""
    first = {incident.told[0].id for incident in evidence.violations}
    listed = {c.id for c, _ in [*evidence.movements, *evidence.obstructions, *evidence.calm]}
    listed |= {c.id for c in [*evidence.aid, *evidence.opened]} | first
    for claim in case.instrument.claims:
        if claim.event.type == "truce_obstructed":
            listed.add(claim.id)
    closed = {c.id for c in case.claims if c.event.type == "corridor_closed" and c.id in evidence.relations}
    return [claim for claim in case.claims if claim.id in listed | closed]


def _at(claim: Claim, spot: _Spot) -> bool:
    names = {claim.place.name, *(place.name for place in claim.places)}
    return spot.name in names


def _corridor(case: Case, spot: _Spot, evidence: Evidence) -> Corridor:
    return Corridor(
        name=spot.name,
        place=spot.place,
        checkpoints=spot.checkpoints,
        for_=_for_whom(case, spot.claims),
        state=_state(spot.claims, evidence),
        claims=ids(spot.claims),
    )


def _state(claims: Sequence[Claim], evidence: Evidence) -> str:
    """What became of it: a crossing made says used; else fire, closing, hindrance, nobody's use, opening, in
    turn."""
    types = {claim.event.type for claim in claims if claim.polarity == "affirmed"}
    violated = {incident.told[0].id for incident in evidence.violations}
    crossed = any(
        claim.event.type in CROSSED and not denied_movement(claim) and claim.status in ("happened", "ongoing")
        for claim in claims
    )
    answers = (
        ("used", crossed),
        ("under_fire", any(claim.id in violated for claim in claims)),
        ("closed", "corridor_closed" in types),
        ("obstructed", any(claim.id == c.id for c, _ in evidence.obstructions for claim in claims)),
        ("unused", any(denied_movement(claim) for claim in claims)),
        ("open", "corridor_opened" in types),
    )
    return next((state for state, holds in answers if holds), "unknown")


def _for_whom(case: Case, claims: Sequence[Claim]) -> str | None:
    """For whom it is, by those who are told to move; patients and families moving together are civilians."""
    movers = [a for c in claims for a in c.actors if a.role == "mover"]
    kinds = {"fighters" if a.kind in ("state_forces", "rebel_group", "militia") else "civilians" for a in movers}
    if movers:
        return "civilians" if "civilians" in kinds else "fighters"
    if any(claim.event.type in ("aid_delivered", "aid_obstructed") for claim in claims):
        return "aid"
    words = " ".join(case.doc.text[claim.span[0] : claim.span[1]] for claim in claims)
    return next((name for name, pattern in reversed(_FOR.items()) if pattern.search(words)), None)


def _unnamed(case: Case, evidence: Evidence, told: Sequence[Claim], used: set[str]) -> Corridor | None:
    """The corridors told of without a name, where claims of this truce speak of them."""
    claims = [
        claim
        for claim in told
        if claim.id not in used
        and _CORRIDORS.search(case.doc.text, claim.span[0], claim.span[1])
        and in_area(claim, case.area) is not False
    ]
    if not claims:
        return None
    match = _CORRIDORS.search(case.doc.text, claims[0].span[0], claims[0].span[1])
    words = Words(span=match.span(), text=match[0]) if match else None
    return Corridor(
        name=" ".join(words.text.lower().split()) if words else None,
        place=None,
        for_=_for_whom(case, claims),
        state=_state(claims, evidence),
        claims=ids(claims),
    )


def movers_at(corridors: Sequence[Corridor], claims: Sequence[Claim]) -> list[str]:
    """Neutral names of those who are told to move, in order, each once."""
    return list(dict.fromkeys(name for claim in claims for name in actors_of(claim, "mover")))
