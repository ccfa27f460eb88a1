"""Claims that tell one violation, taken together, and how well it is established that it happened.

That it happened and who did it are two questions: a denial by the blamed leaves the happening standing where
others tell it in their own voice, or where he accuses back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from trucewatch.model import Claim, Document
from trucewatch.truce.case import actors_of, in_order
from trucewatch.truce.sentences import sentence_span
from trucewatch.truce.tables import load_rules

Standing = Literal["established", "disputed", "hearsay", "verdict", "denied"]
#: Kinds of tellers who are no side of the fighting.
NEUTRAL = ("igo", "ngo", "monitor", "media", "civilians")
#: Claims of a breach as such, which take up an incident told apart.
BREACHES = ("truce_disrupted", "truce_violated")


@dataclass(slots=True)
class Incident:
    """One violation: the claims that tell it and why it counts as in the truce."""

    claims: list[Claim] = field(default_factory=list)
    why: str = ""

    @property
    def told(self) -> list[Claim]:
        """The claims that tell the incident itself, not the breach as such or what came of it."""
        own = [c for c in self.claims if c.event.type not in (*BREACHES, "death_of_wounds")]
        return own or self.claims


def group_incidents(doc: Document, found: Sequence[tuple[Claim, str]]) -> list[Incident]:
    """Violation claims with the reason of each, as incidents in text order, one happening each."""
    rules = load_rules()
    incidents: list[Incident] = []
    ordered = sorted(found, key=lambda pair: (pair[0].span, pair[0].event.trigger.span, pair[0].id))
    acts = [p for p in ordered if p[0].event.type not in BREACHES and p[0].event.type not in rules.consequences]
    after = [p for p in ordered if p[0].event.type in rules.consequences]
    breaches = [p for p in ordered if p[0].event.type in BREACHES]
    for claim, why in acts:
        _add(
            incidents,
            next((i for i in incidents if any(same_happening(claim, x) for x in i.claims)), None),
            claim,
            why,
        )
    for claim, why in after:
        _add(incidents, _origin_of(claim, incidents), claim, why)
    for claim, why in breaches:
        _add(incidents, _taken_up(doc, claim, incidents), claim, why)
    for incident in incidents:
        incident.claims = in_order(incident.claims)
    return sorted(incidents, key=lambda incident: incident.claims[0].span)


def _add(incidents: list[Incident], incident: Incident | None, claim: Claim, why: str) -> None:
    if incident is None:
        incidents.append(Incident([claim], why))
    else:
        incident.claims.append(claim)


def same_happening(one: Claim, other: Claim) -> bool:
    """Whether two claims of different tellers, or an assertion and a denial, tell one happening."""
    if one.event.trigger.span == other.event.trigger.span:
        return True
    if teller(one) == teller(other) and one.polarity == other.polarity:
        return False
    if one.event.type != other.event.type:
        return False
    place = one.place.name is None or other.place.name is None or one.place.name == other.place.name
    time = one.time.start is None or other.time.start is None or one.time.start == other.time.start
    counted = {c.what: c.best for c in one.counts if c.best is not None}
    return place and time and all(counted.get(c.what, c.best) == c.best for c in other.counts if c.best is not None)


def _origin_of(claim: Claim, incidents: Sequence[Incident]) -> Incident | None:
    """The incident told last before a claim of what came of it, with the wounded where it has any."""
    earlier = [i for i in incidents if i.told[0].span[0] < claim.span[0]]
    if claim.event.type == "casualties":
        near = [i for i in earlier if any(_one_spot(claim, x) for x in i.claims)]
        return near[-1] if near else None
    hurt = [
        i
        for i in earlier
        if any(count.what in ("wounded", "killed_or_wounded") for c in i.claims for count in c.counts)
    ]
    pool = hurt or earlier
    return pool[-1] if pool else None


def _one_spot(one: Claim, other: Claim) -> bool:
    return one.span[0] - other.span[1] < 200 and (one.place.name, one.time.start) == (
        other.place.name,
        other.time.start,
    )


def _taken_up(doc: Document, claim: Claim, incidents: Sequence[Incident]) -> Incident | None:
    """The incident that a claim of a breach takes up: of the outlet, the first; of a named source, one
    beside it."""
    acts = [i for i in incidents if any(c.event.type not in BREACHES for c in i.claims)]
    blamed = set(actors_of(claim, "initiator"))
    pool = [i for i in acts if not blamed or not _initiators(i) or blamed & _initiators(i)]
    start, end = sentence_span(doc, claim.event.trigger.span[0])
    beside = [i for i in pool if any(start <= c.event.trigger.span[0] < end for c in i.claims)]
    if claim.attribution.voice == "outlet":
        twin = [i for i in incidents if any(c.event.type in BREACHES and _outlet(c) for c in i.claims)]
        return next(iter(beside or pool or twin), None)
    near = [i for i in pool if any(abs(c.span[0] - claim.span[0]) < 250 for c in i.claims)]
    twin = [i for i in incidents if any(same_happening(claim, c) for c in i.claims)]
    return next(iter(near or twin), None)


def _outlet(claim: Claim) -> bool:
    return claim.attribution.voice == "outlet"


def _initiators(incident: Incident) -> set[str]:
    return {name for claim in incident.claims for name in actors_of(claim, "initiator")}


def teller(claim: Claim) -> str:
    """Who tells a claim, by name or words; the outlet where it does itself."""
    source = claim.attribution.source
    return (source.name or source.text) if source else claim.attribution.voice


def neutral(claim: Claim) -> bool:
    """Whether the teller is the outlet or no side of the fighting."""
    source = claim.attribution.source
    return claim.attribution.voice == "outlet" or (source is not None and source.kind in NEUTRAL)


def standing(doc: Document, incident: Incident) -> Standing:
    """How well it is established that the incident happened, whoever did it."""
    rules = load_rules()
    affirmed = [c for c in incident.claims if c.polarity == "affirmed"]
    sure = [c for c in affirmed if _sure(doc, c)]
    proof = [c for c in sure if not (c.event.type in rules.verdicts and c.attribution.voice == "outlet")]
    denied = [c for c in incident.claims if c.polarity == "denied"]
    if not affirmed:
        return "denied"
    if not sure:
        return "hearsay"
    if not proof:
        return "verdict"
    deniers = {teller(c) for c in denied}
    if not denied or any(neutral(c) for c in proof) or deniers & {teller(c) for c in proof}:
        return "established"
    return "disputed"


def _sure(doc: Document, claim: Claim) -> bool:
    """Whether the teller is sure of it, and tells it as more than an allegation of others."""
    rules = load_rules()
    at = claim.event.trigger.span[0]
    if claim.event.type in BREACHES and rules.alleged.search(doc.text[max(0, at - 60) : at]):
        return claim.attribution.voice == "named"
    certain = claim.factuality is None or claim.factuality >= rules.factual
    return certain and claim.attribution.voice not in rules.weak_voices


def small(doc: Document, incident: Incident) -> bool:
    """Whether it is told as small: rare, stray, isolated, and nobody was hurt."""
    rules = load_rules()
    hurt = any(c.what in ("killed", "wounded", "killed_or_wounded") for x in incident.claims for c in x.counts)
    if hurt or not all(claim.event.type in rules.small_types for claim in incident.claims):
        return False
    return all(
        claim.polarity == "denied" or rules.small_words.search(doc.text, claim.span[0], claim.span[1])
        for claim in incident.claims
    )


def who_is_disputed(incident: Incident) -> bool:
    """Whether tellers name different initiators, or one denies that his own did it."""
    names = {frozenset(actors_of(c, "initiator")) for c in incident.claims if actors_of(c, "initiator")}
    return len(names) > 1 or any(claim.polarity == "denied" for claim in incident.claims)


def incident_why(doc: Document, incident: Incident) -> str:
    """The reason of a violation in words: its time, how many tell it, what of it is disputed."""
    voices = len({teller(claim) for claim in incident.claims})
    parts = [incident.why]
    if len(incident.claims) > 1 and voices > 1:
        parts = [f"one happening, told by {number(voices)} voices: {incident.why}"]
    match standing(doc, incident):
        case "hearsay":
            parts.append("hearsay or unsure words only")
        case "verdict":
            parts.append("the outlet's verdict, no incident told")
        case "disputed":
            parts.append("that it happened is itself denied")
        case _ if who_is_disputed(incident):
            parts.append("that it happened nobody denies, who did it is disputed")
        case _:
            pass
    return "; ".join(part for part in parts if part)


def number(value: int) -> str:
    """A small number as a word."""
    names = (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    )
    return names[value] if 0 <= value < len(names) else str(value)
