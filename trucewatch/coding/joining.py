"""Retellings within one report: what is told twice by one teller is one claim.

Two drafts are one happening when teller, polarity and family agree, nothing that one tells contradicts the
other, and at least one of them is a mere mention (a title, a summary, or a noun without news of its own).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from trucewatch.model import Claim, Count, Document

#: Types that can be two wordings of one happening. A type outside stands only for itself.
FAMILIES: dict[str, tuple[str, ...]] = {
    "violence": (
        "attack", "shelling", "air_strike", "drone_strike", "missile_strike", "explosion", "suicide_bombing",
        "shooting", "sniper_fire", "clash", "casualties", "landmine", "chemical_attack",
    ),
    "protest": ("protest", "protest_dispersed", "riot"),
    "truce broken": ("truce_disrupted", "truce_violated"),
    "truce ended": ("truce_ended",),
    "leaving": ("evacuation", "movement_left", "movement_crossed", "displacement"),
    "hindering": ("aid_obstructed", "access_denied", "truce_obstructed"),
}  # fmt: skip
#: Within a family a plain wording joins a precise one; two precise ones are two happenings.
PLAIN = ("attack", "casualties", "explosion")
FURNISHED = ("title", "summary")


def join_retellings(doc: Document, drafts: Sequence[Claim]) -> list[Claim]:
    """The drafts with retellings joined into the fullest telling, in the order of the fullest."""
    body = [draft for draft in drafts if doc.part_at(draft.event.trigger.span[0]) not in FURNISHED]
    front = [draft for draft in drafts if doc.part_at(draft.event.trigger.span[0]) in FURNISHED]
    kept = list(_join_body(doc, body))
    has_body = any(doc.part_at(sentence.start) == "body" for sentence in doc.sentences)
    for draft in sorted(front, key=lambda d: doc.part_at(d.event.trigger.span[0]) == "title"):
        told = any(_same_family(draft, claim) for claim in kept)
        title_only = doc.part_at(draft.event.trigger.span[0]) == "title" and has_body
        if not told and not title_only:
            kept.append(draft)
    return kept


def _join_body(doc: Document, drafts: Sequence[Claim]) -> Iterable[Claim]:
    kept: list[Claim] = []
    for draft in drafts:
        at = next((i for i, claim in enumerate(kept) if same_happening(doc, claim, draft)), None)
        if at is None:
            kept.append(draft)
        else:
            kept[at] = _fuller(kept[at], draft)
    return kept


def same_happening(doc: Document, one: Claim, other: Claim) -> bool:
    """Whether two drafts of one report tell one happening by one teller."""
    return (
        _teller(one) == _teller(other)
        and one.polarity == other.polarity
        and one.status == other.status
        and _joinable_types(one, other)
        and (
            _is_mention(doc, one) or _is_mention(doc, other) or _same_clause(doc, one, other) or _one_breach(one, other)
        )
        and not contradict(one, other)
    )


def _one_breach(one: Claim, other: Claim) -> bool:
    """Whether both say that one truce was broken by the same: told in the lead and again in the story."""
    by = [{a.name for a in claim.actors if a.role == "initiator"} for claim in (one, other)]
    return _family(one) == "truce broken" == _family(other) and by[0] == by[1]


def _teller(claim: Claim) -> tuple[str, str | None]:
    source = claim.attribution.source
    return claim.attribution.voice, (source.name or source.text) if source else None


def _family(claim: Claim) -> str:
    return next((name for name, types in FAMILIES.items() if claim.event.type in types), claim.event.type)


def _same_family(one: Claim, other: Claim) -> bool:
    return _family(one) == _family(other) and one.polarity == other.polarity


def _joinable_types(one: Claim, other: Claim) -> bool:
    if one.event.type == other.event.type:
        return True
    plain = one.event.type in PLAIN or other.event.type in PLAIN
    return _family(one) == _family(other) and (plain or _family(one) != "violence")


def _is_mention(doc: Document, claim: Claim) -> bool:
    """A wording that only names a happening ("the shelling", "amid mortar fire") and tells nothing new of it."""
    sentence = doc.sentence_at(claim.event.trigger.span[0])
    token = next((t for t in sentence.tokens if t.end == claim.event.trigger.span[1]), None) if sentence else None
    if sentence is None or token is None or token.upos != "NOUN" or claim.counts:
        return False
    if any(actor.role == "initiator" for actor in claim.actors):
        return False
    below = [t.text.lower() for t in sentence.tokens if t.head == token.i and t.i < token.i]
    return any(word in _NAMING for word in below)


_NAMING = (
    "the",
    "this",
    "that",
    "these",
    "those",
    "amid",
    "despite",
    "after",
    "during",
    "following",
    "since",
    "before",
    "over",
)


def _same_clause(doc: Document, one: Claim, other: Claim) -> bool:
    """Whether one trigger stands inside the words of the other claim, as a participle of the same act does."""
    a, b = one.event.trigger.span, other.event.trigger.span
    inside = one.span[0] <= b[0] and b[1] <= one.span[1] and other.span[0] <= a[0] and a[1] <= other.span[1]
    return inside and doc.sentence_at(a[0]) is doc.sentence_at(b[0]) and one.event.type == other.event.type


def contradict(one: Claim, other: Claim) -> bool:
    """Whether something that both tell differs: place, day, number of the same, or who did it."""
    return (
        _places_differ(one, other)
        or _times_differ(one, other)
        or _counts_differ(one.counts, other.counts)
        or _initiators_differ(one, other)
    )


def _places_differ(one: Claim, other: Claim) -> bool:
    a, b = one.place.name, other.place.name
    if a is None or b is None or a == b:
        return False
    within = {w.name for w in one.place.within} | {w.name for w in other.place.within}
    return not (a in within or b in within)


def _times_differ(one: Claim, other: Claim) -> bool:
    """Whether two times with words of their own do not overlap; ISO texts of one form compare as times do."""
    a, b = one.time, other.time
    if a.span == b.span or None in (a.start, a.end, b.start, b.end):
        return False
    return str(a.end) <= str(b.start)[: len(str(a.end))] or str(b.end) <= str(a.start)[: len(str(b.end))]


def _counts_differ(one: Sequence[Count], other: Sequence[Count]) -> bool:
    values = {count.what: (count.low, count.best, count.high) for count in one}
    return any(count.what in values and values[count.what] != (count.low, count.best, count.high) for count in other)


def _initiators_differ(one: Claim, other: Claim) -> bool:
    a = {actor.name for actor in one.actors if actor.role == "initiator"}
    b = {actor.name for actor in other.actors if actor.role == "initiator"}
    return bool(a and b and not a & b)


def fullness(claim: Claim) -> int:
    """How much a claim tells: the number of its slots with words of their own."""
    told = [claim.place.span, claim.time.span if claim.time.basis != "narrative" else None]
    return len(claim.actors) + 2 * len(claim.counts) + len(claim.means) + sum(x is not None for x in told)


def _fuller(one: Claim, other: Claim) -> Claim:
    """The fuller of two tellings, with what only the other one tells filled in where it is silent."""
    best, rest = (one, other) if fullness(one) >= fullness(other) else (other, one)
    roles = {actor.role for actor in best.actors}
    whats = {count.what for count in best.counts}
    precise = best.event if best.event.type not in PLAIN or rest.event.type in PLAIN else rest.event
    return replace(
        best,
        event=replace(precise, trigger=best.event.trigger),
        actors=best.actors + [actor for actor in rest.actors if actor.role not in roles],
        means=best.means or rest.means,
        counts=best.counts + [count for count in rest.counts if count.what not in whats],
        place=best.place if best.place.span else rest.place,
        places=best.places or rest.places,
        time=best.time if best.time.span else rest.time,
        hedges=best.hedges,
    )
