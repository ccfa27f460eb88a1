"""Which place holds for an event: that told in its clause, its ways from and to, or that of the running scene.

Never a guess: where the words tie no place to an event, and no scene runs on to it, the place is null and
says so.

Layer: places. Imports only model, language.phrases and this folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from trucewatch.model import (
    ClaimPlace,
    Document,
    EventMention,
    Place,
    PlaceMention,
    Sentence,
    Unresolved,
    Within,
)
from trucewatch.places.attach import FROM, TO, Tie, ties
from trucewatch.places.scene import RANK, locates, predicate, scene_place, truce_area

_FIELDS = Place.__struct_fields__
_STATED = {
    "truce_proposed": "where it was proposed is not told",
    "truce_declared": "where it was announced is not told; where it applies stands in the truce's area",
    "truce_accepted": "where it was accepted is not told",
    "truce_extended": "where it was announced is not told; where it applies stands in the truce's area",
    "truce_rejected": "where it was rejected is not told",
    "truce_renounced": "where it was renounced is not told",
    "agreement": "where it was agreed is not told",
    "proposal": "where it was proposed is not told",
    "mediation": "where it took place is not told",
    "talks": "where they took place is not told",
    "accusation": "where it was said is not told",
    "denial": "where it was said is not told",
    "demand": "where it was demanded is not told",
    "threat": "where it was said is not told",
    "condemnation": "where it was said is not told",
    "death_of_wounds": "where the death took place is not told",
}  # fmt: skip
_TRUCE = frozenset(["truce_started", "truce_ended", "truce_violated", "truce_disrupted", "truce_obstructed"])
_MOVES = frozenset(
    [
        "displacement",
        "evacuation",
        "return",
        "movement_gathered",
        "movement_arrived",
        "movement_asked",
        "movement_crossed",
        "movement_left",
        "aid_delivered",
        "aid_obstructed",
        "access_denied",
        "medical_evacuation",
        "deployment",
        "arms_transfer",
        "advance",
        "release",
        "prisoner_exchange",
        "surrender",
        "abduction",
    ]
)
_LEAVING = frozenset(["leave", "flee", "evacuate", "abandon", "quit", "exit", "vacate", "escape", "depart", "withdraw"])


def place_for(doc: Document, event: EventMention, places: Sequence[PlaceMention]) -> tuple[ClaimPlace, list[Place]]:
    """Give the place of an event, and each place where one clause names several.

    The place is null with `unresolved` where none is told; declarations and statements take only a place where they
    are said to have been made.
    """
    s = doc.sentence_at(event.trigger.span[0])
    if s is None:
        return _nothing("the words stand outside of the text that is read"), []
    here = [p for p in places if p.kind == "place" and p.span and s.start <= p.span[0] < s.end]
    i = predicate(s, event)
    told = [] if i < 0 else ties(s, i, here)
    if event.type in _STATED:
        return _stated(event, told)
    move = event.type in _MOVES
    start, goal = _ways(s, i, told, move)
    spots = _spots(told, start, goal)
    observer = _observer(s, i, told)
    spots = [t for t in spots if observer is None or t.mention is not observer.mention]
    found, several = _joined(doc, spots, here)
    if found is None:
        found = _without(doc, s, event, start, goal, places)
    if event.type == "movement_crossed" and goal is not None and all(t.distance > 0 for t in spots):
        found, start = _crossed(doc, s, goal, places, found, start)
    if found is None:
        return _nothing("where it happened is not told", start, goal, observer), []
    return _claim(found, start, goal, observer), several


# ------------------------------------------------------------------ ways and spots


def _ways(s: Sentence, i: int, told: Sequence[Tie], move: bool) -> tuple[Tie | None, Tie | None]:
    """Where it came from and where it went to."""
    start = goal = None
    for t in told:
        verb = s.tokens[t.verb]
        lemma = verb.lemma.lower()
        near = bool(t.mention.modifier) and t.mention.modifier in ("near",)
        if near:
            continue
        bound = lemma in ("bind", "bound", "head", "destine") and bool(t.marks & TO)
        leaving = (lemma in _LEAVING or verb.text.lower() in _LEAVING) and t.relation == "object"
        own = s.tokens[t.head].head in (t.verb, i) or move
        if start is None and (leaving or (t.marks & FROM and own)) and t.distance <= 2:
            start = t
        elif (
            (goal is None and (bound or (move and t.marks & TO and t.relation != "subject")))
            or (goal is None and move and lemma in ("reach", "enter") and t.relation == "object")
            or (
                goal is None
                and move
                and lemma in ("arrive", "come", "land", "move")
                and t.marks & {"at", "in"}
                and t.distance == 0
            )
        ):
            goal = t
    return start, goal


def _spots(told: Sequence[Tie], start: Tie | None, goal: Tie | None) -> list[Tie]:
    """The places where it happened: those of the closest tie, the most telling relation, the finest."""
    free = [t for t in told if t is not start and t is not goal and not t.actor and not (t.marks & FROM)]
    free = [t for t in free if "by" not in t.marks or t.mention.modifier]
    if start is not None or goal is not None:
        free = [t for t in free if t.mention.level != "country"]
    if not free:
        return []
    closest = min(t.distance for t in free)
    near = [t for t in free if t.distance == closest]
    for relation in ("object", "oblique", "subject", "inner"):
        chosen = [t for t in near if t.relation == relation]
        if relation == "object":
            chosen = [t for t in chosen if RANK.get(t.mention.level or "", 3) <= 6]
        if chosen:
            return chosen if relation != "inner" else _finest(chosen)
    return near[:1]


def _finest(found: Sequence[Tie]) -> list[Tie]:
    best = min(RANK.get(t.mention.level or "", 3) for t in found)
    return [t for t in found if RANK.get(t.mention.level or "", 3) == best]


def _observer(s: Sentence, i: int, told: Sequence[Tie]) -> Tie | None:
    """From where it was heard or seen."""
    for t in told:
        if s.tokens[t.verb].lemma.lower() in ("hear", "see", "heard", "seen", "watch", "observe") and t.marks & FROM:
            return t
    return None


# ------------------------------------------------------------------ one or several


def _joined(
    doc: Document, spots: Sequence[Tie], here: Sequence[PlaceMention]
) -> tuple[PlaceMention | Place | None, list[Place]]:
    """The one place; or, of several told together, the area that holds them, and each."""
    mentions: list[PlaceMention] = []
    for t in spots:
        own = next((q for q in here if q is not t.mention and locates(doc, q, t.mention)), t.mention)
        if all(own is not m for m in mentions):
            mentions.append(own)
    outer = [m for m in mentions if not any(_inside(m, o) for o in mentions if o is not m)]
    distinct = _listed(doc, _drop_parents(outer))
    if not distinct:
        return None, []
    if len(distinct) == 1:
        return distinct[0], []
    return _area(doc, distinct), [_place(m) for m in distinct]


def _inside(m: PlaceMention, o: PlaceMention) -> bool:
    """Whether a mention is only the inner part of another's words ("the crossing" in "the side of the crossing")."""
    a, b = m.span or (0, 0), o.span or (0, 0)
    return b[0] <= a[0] and a[1] <= b[1] and a != b and (m.modifier is None or m.name != o.name)


def _holds(o: PlaceMention, m: PlaceMention) -> bool:
    """Whether `o` is among what holds `m`."""
    return any(w.name == o.name and w.level == o.level for w in m.within)


def _drop_parents(found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Leave out a place that only tells where another of them lies ("in Salah in Taiz")."""
    return [o for o in found if o.modifier or not any(_holds(o, m) for m in found if m is not o)]


_LIST = re.compile(
    r"^\s*(?:,|,?\s*(?:and|or|as well as|along with|plus)\b)(?:\s*(?:and|both|also|in|near|at|on|the|other))*\s*$"
)


def _listed(doc: Document, found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Keep the first place and those that are told in one list with it; others only tell where it lies."""
    kept = list(found[:1])
    for m in found[1:]:
        a, b = kept[-1].span or (0, 0), m.span or (0, 0)
        overlap = b[0] < a[1]
        if overlap or _LIST.match(doc.text[a[1] : b[0]]):
            kept.append(m)
    return kept


def _area(doc: Document, several: Sequence[PlaceMention]) -> Place:
    """The area that holds several places: the place of which they are parts, else the nearest parent of all."""
    start = min((m.span or (0, 0))[0] for m in several)
    end = max((m.span or (0, 0))[1] for m in several)
    words = {"span": (start, end), "text": doc.text[start:end]}
    first = several[0]
    if all(m.name == first.name and m.geonameid == first.geonameid for m in several):
        return msgspec.structs.replace(_place(first), modifier=None, control=None, **words)
    shared = [w for w in _upwards(first) if all(any(w.name == x.name for x in _upwards(m)) for m in several[1:])]
    open_ = Unresolved(missing=["lat", "lon"], why="several places are told: each stands in `places`")
    if not shared:
        return Place(unresolved=msgspec.structs.replace(open_, missing=["name", "lat", "lon"]), **words)  # type: ignore[arg-type]
    at = shared[0]
    above = _upwards(first)
    return Place(
        name=at.name, level=at.level, geonameid=at.geonameid, within=above[above.index(at) + 1 :], unresolved=open_,
        **words,  # type: ignore[arg-type]
    )  # fmt: skip


def _upwards(m: PlaceMention) -> list[Within]:
    own = [Within(name=m.name, level=m.level, geonameid=m.geonameid)] if m.name and m.level else []
    return [*own, *m.within]


# ------------------------------------------------------------------ no place in the clause


def _without(
    doc: Document,
    s: Sentence,
    event: EventMention,
    start: Tie | None,
    goal: Tie | None,
    places: Sequence[PlaceMention],
) -> PlaceMention | None:
    """The place of an event whose clause names no spot: its own way, the truce's area, the running scene."""
    lemma_to = goal is not None and event.type in (
        "movement_arrived",
        "movement_gathered",
        "aid_delivered",
        "return",
    )
    if lemma_to and goal is not None:
        return goal.mention
    if event.type in _TRUCE:
        return truce_area(doc, places) or scene_place(doc, s, event, places)
    if start is not None and start.mention.level not in ("country",) and event.type in _MOVES:
        return start.mention
    return scene_place(doc, s, event, places)


def _crossed(
    doc: Document,
    s: Sentence,
    goal: Tie,
    places: Sequence[PlaceMention],
    found: PlaceMention | Place | None,
    start: Tie | None,
) -> tuple[PlaceMention | Place | None, Tie | None]:
    """What was crossed: the last crossing told, and from which side of it."""
    before = [p for p in places if p.kind == "place" and p.span and p.span[1] <= (goal.mention.span or (0, 0))[0]]
    crossing = next(
        (
            p
            for p in reversed(before)
            if p.name and re.search(r"crossing|bridge|border|checkpoint|corridor|gate", p.name, re.I) and not p.modifier
        ),
        None,
    )
    if crossing is None:
        return found, start
    side = next((p for p in reversed(before) if p.name == crossing.name and p.modifier and "side" in p.modifier), None)
    if start is None and side is not None:
        start = Tie(side, -1, -1, 0, "oblique", FROM, False)
    return crossing, start


# ------------------------------------------------------------------ the answer


def _stated(event: EventMention, told: Sequence[Tie]) -> tuple[ClaimPlace, list[Place]]:
    """The place of a statement: only where it is said to have been made."""
    if event.polarity == "denied":
        return _nothing(
            "an announcement that was not made has no place"
            if str(event.type).startswith("truce")
            else "what did not happen has no place"
        ), []
    for t in told:
        if t.distance == 0 and t.relation == "oblique" and t.marks & {"in", "at"} and not t.actor:
            return _claim(t.mention, None, None, None), []
    return _nothing(_STATED[str(event.type)]), []


def _nothing(why: str, start: Tie | None = None, goal: Tie | None = None, observer: Tie | None = None) -> ClaimPlace:
    return ClaimPlace(
        unresolved=Unresolved(missing=["place"], why=why),
        from_=_place(start.mention) if start else None,
        to=_place(goal.mention) if goal else None,
        observer=_place(observer.mention) if observer else None,
    )


def _claim(found: PlaceMention | Place, start: Tie | None, goal: Tie | None, observer: Tie | None) -> ClaimPlace:
    return ClaimPlace(
        **{name: getattr(found, name) for name in _FIELDS},
        from_=_place(start.mention) if start else None,
        to=_place(goal.mention) if goal else None,
        observer=_place(observer.mention) if observer else None,
    )


def _place(mention: PlaceMention) -> Place:
    return Place(**{name: getattr(mention, name) for name in _FIELDS})
