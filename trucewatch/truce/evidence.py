"""What the report tells for and against a truce: violations, calm, obstructions, movements, terms,
rejections, and what cannot be placed; and the relation that each claim gets from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trucewatch.language import phrases
from trucewatch.model import Claim, Span
from trucewatch.truce.area import in_area
from trucewatch.truce.bound import left_out, unbound
from trucewatch.truce.case import Case, actors_of
from trucewatch.truce.clock import Where, span_words
from trucewatch.truce.incidents import Incident, group_incidents, same_happening
from trucewatch.truce.instruments import TRUCE_TYPES
from trucewatch.truce.relations import HAPPENED, WILL_BE, Bearing, bearing
from trucewatch.truce.sentences import sentence_span
from trucewatch.truce.tables import load_rules

AGREEMENTS = {"agreement": "accepts", "proposal": "declares"}
#: Things that a truce may be for; planned and named with it, they are its terms.
PURPOSES = (
    "evacuation", "medical_evacuation", "movement_crossed", "movement_left", "movement_arrived",
    "aid_delivered", "prisoner_exchange", "release", "return", "corridor_opened", "talks", "displacement",
)  # fmt: skip


#: Claims that tell of a truce as in force, or as declared.
RUNNING = (
    "truce_started", "truce_declared", "truce_accepted", "truce_extended", "truce_violated",
    "truce_disrupted",
    "truce_ended", "agreement",
)  # fmt: skip


#: A crowd that somebody drives off; one that goes by itself hinders nothing.
DISPERSED = ("protest_dispersed", "crowd_dispersed")


@dataclass(slots=True)
class Evidence:
    """The lists of a truce, each with claims and reasons in text order."""

    violations: list[Incident] = field(default_factory=list)
    calm: list[tuple[Claim, str]] = field(default_factory=list)
    obstructions: list[tuple[Claim, str]] = field(default_factory=list)
    movements: list[tuple[Claim, str]] = field(default_factory=list)
    arrivals: list[Claim] = field(default_factory=list)  # of the movements, those at where they were bound
    unmoved: list[Claim] = field(default_factory=list)
    terms: list[tuple[Claim, str]] = field(default_factory=list)
    aid: list[Claim] = field(default_factory=list)
    opened: list[Claim] = field(default_factory=list)
    rejections: list[tuple[Claim, str]] = field(default_factory=list)
    undetermined: list[tuple[Claim, str]] = field(default_factory=list)
    relations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim given to a truce: its relation, or None where it cannot be told, and why."""

    claim: Claim
    relation: str | None
    why: str


def gather(cases: Sequence[Case], claims: Sequence[Claim]) -> list[Evidence]:
    """The evidence of each truce. Every claim bears on one truce at most."""
    found = [Evidence() for _ in cases]
    breaches: list[list[tuple[Claim, str]]] = [[] for _ in cases]
    own = {claim.id: i for i, case in enumerate(cases) for claim in case.instrument.claims}
    for claim in claims:
        if claim.id in own:
            i = own[claim.id]
            _own_claim(claim, cases[i], found[i], breaches[i])
            continue
        placed = _place(claim, cases)
        if placed is not None:
            _sort(placed[1], cases[placed[0]], found[placed[0]], breaches[placed[0]])
    for i, case in enumerate(cases):
        _arrivals(claims, case, found[i], found)
        _denials(claims, breaches[i], found)
        _consequences(case, claims, breaches[i], found[i])
        found[i].violations = _incidents(case, breaches[i], found[i])
    return found


# ------------------------------------------------------------------ claims that speak of the truce


def _own_claim(claim: Claim, case: Case, evidence: Evidence, breaches: list[tuple[Claim, str]]) -> None:
    rules = load_rules()
    kind = claim.event.type
    relation = rules.relation.get(kind) or AGREEMENTS.get(kind)
    if relation is None or claim.status in ("hypothetical", "threatened"):
        return
    happened = claim.status in HAPPENED
    if relation == "violates":
        if happened:
            evidence.relations[claim.id] = relation
            breaches.append((claim, f"told as a breach of the {case.label}"))
        return
    evidence.relations[claim.id] = relation
    if relation == "obstructs" and happened and claim.polarity == "affirmed":
        evidence.obstructions.append((claim, f"told as hindering the {case.label}"))
    if relation in ("rejects", "renounces") and happened and claim.polarity == "affirmed":
        evidence.rejections.append((claim, _rejection_why(claim, case)))
    if relation == "declares" and claim.polarity == "affirmed":
        _hours_term(claim, case, evidence)


def _rejection_why(claim: Claim, case: Case) -> str:
    if case.main:
        done = "renounced" if claim.event.type == "truce_renounced" else "rejected"
        return f"it is the {case.label} itself that is {done}"
    return f"the {case.label}, another instrument than the one told to run"


def _hours_term(claim: Claim, case: Case, evidence: Evidence) -> None:
    for window in case.windows:
        if claim.id in window.claims and window.start:
            who = (actors_of(claim, "announcer", "initiator", "party") or ["who declared it"])[0]
            evidence.terms.append((claim, f"{who} to hold fire from {span_words(window.start, window.end)}"))
            return


# ------------------------------------------------------------------ claims that fall in it, or not


def _place(claim: Claim, cases: Sequence[Case]) -> tuple[int, Placed] | None:
    """The truce that a claim bears on: by words before by the clock, the main one before the others."""
    best: tuple[tuple[int, int], int, Placed] | None = None
    for i, case in enumerate(cases):
        placed, rank = _in_case(claim, case)
        if placed is None:
            continue
        order = (rank, 0 if case.main else 1)
        if best is None or order < best[0]:
            best = (order, i, placed)
    return (best[1], best[2]) if best else None


def _in_case(claim: Claim, case: Case) -> tuple[Placed | None, int]:
    """The claim as placed in one truce, and how well: 0 by words, 1 by the clock, 2 not to be told."""
    relation = _relation_of(claim, case)
    if relation is None:
        return None, 9
    if relation == "term":
        return (Placed(claim, "term", _purpose(claim, case)), 0) if case.label_near(claim.span) else (None, 9)
    lies = bearing(claim, case)
    if not lies.by_words and not _running(case):
        return None, 9
    if lies.where is Where.OUTSIDE or (relation == "violates" and left_out(claim, case)):
        return None, 9
    if relation == "violates" and (doubt := unbound(claim, case)):
        lies = Bearing(Where.UNKNOWN, doubt, lies.by_words)
    rank = 0 if lies.by_words else 1 if lies.where is Where.INSIDE else 2
    if lies.where is Where.INSIDE:
        return Placed(claim, relation, lies.why), rank
    if _overlap_will_do(relation, claim, case):
        return Placed(claim, relation, f"told of its place; {lies.why}"), rank
    return (Placed(claim, None, lies.why), 2) if case.main and _plausible(claim, case) else (None, 9)


def _relation_of(claim: Claim, case: Case) -> str | None:
    rules = load_rules()
    kind = claim.event.type
    if claim.status in WILL_BE and kind in PURPOSES and claim.polarity == "affirmed":
        return "term" if claim.status in ("planned", "offered") else None
    if kind == "movement_asked" and claim.status == "demanded":
        return "movement"  # the asking happened; the status is that of what is asked for
    if claim.status not in HAPPENED or kind in TRUCE_TYPES:
        return None
    if kind in rules.violence:
        air = case.instrument.type == "air_strike_halt"
        return "violates" if not air or kind in rules.air else None
    if kind in DISPERSED and not (case.windows and actors_of(claim, "initiator")):
        return None
    return rules.relation.get(kind)


def _running(case: Case) -> bool:
    """Whether the text tells that the truce was in force at some time."""
    told = case.of_type(*RUNNING)
    begun = any(claim.status in ("happened", "ongoing") for claim in told)
    return not case.instrument.past and (begun or bool(case.windows)) and not (case.instrument.proposed and not begun)


def _overlap_will_do(relation: str, claim: Claim, case: Case) -> bool:
    """A calm, a crossing, a hindrance told by the day counts where it is not out of the truce's time and
    place."""
    if relation not in ("complies", "movement", "obstructs") or not case.main:
        return False
    narrow = case.area is not None and case.area.level not in ("country", "region")
    told = bool(case.windows) or (case.topical and narrow)
    return told and in_area(claim, case.area) is not False


def _plausible(claim: Claim, case: Case) -> bool:
    """Whether an incident that cannot be placed may have fallen in the truce: violence told as having
    happened, in a report that tells when the truce held or is about it."""
    happened = claim.event.type in load_rules().violence and claim.polarity == "affirmed"
    return happened and (bool(case.windows) or case.topical)


def _purpose(claim: Claim, case: Case) -> str:
    """What a truce is for, in the text's own words: who, what, and where."""
    trigger = claim.event.trigger.span
    actors = [a for a in claim.actors if a.role in ("mover", "target", "victim") and a.span[0] >= claim.span[0]]
    spans = [trigger, *(actor.span for actor in actors)]
    if not actors:
        spans.append(_subject(case, trigger))
    for place in (claim.place, claim.place.from_, claim.place.to):
        if place is not None and place.span is not None and trigger[1] <= place.span[0] < trigger[1] + 60:
            spans.append(place.span)
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    return f"the purpose: {' '.join(case.doc.text[start:end].split())}"


def _subject(case: Case, trigger: Span) -> Span:
    """The words of the subject of a verb, where the parse tells one; else the verb's own."""
    sentence = case.doc.sentence_at(trigger[0])
    verb = phrases.token_at(sentence, trigger[0]) if sentence is not None else -1
    subject = phrases.subject(sentence, verb) if sentence is not None and verb >= 0 else -1
    if sentence is None or subject < 0:
        return trigger
    first, last = phrases.phrase_span(sentence, subject)
    return sentence.tokens[first].start, sentence.tokens[last - 1].end


def _sort(placed: Placed, case: Case, evidence: Evidence, breaches: list[tuple[Claim, str]]) -> None:
    claim, why = placed.claim, placed.why
    if placed.relation is None:
        evidence.undetermined.append((claim, why))
        return
    evidence.relations[claim.id] = placed.relation
    match placed.relation:
        case "violates":
            breaches.append((claim, why))
        case "movement":
            evidence.movements.append((claim, why))
            if denied_movement(claim):
                evidence.unmoved.append(claim)
        case "obstructs" if claim.polarity == "affirmed":
            evidence.obstructions.append((claim, _obstruction_why(claim, why)))
        case "term":
            evidence.terms.append((claim, why))
        case "complies":
            _complies(claim, evidence)
        case _:
            pass


def _complies(claim: Claim, evidence: Evidence) -> None:
    if claim.event.type == "calm":
        if claim.polarity == "affirmed":
            evidence.calm.append((claim, _calm_why(claim)))
    elif claim.event.type == "corridor_opened":
        evidence.opened.append(claim)
    elif denied_movement(claim):
        evidence.unmoved.append(claim)
    else:
        evidence.aid.append(claim)


def denied_movement(claim: Claim) -> bool:
    """Whether a claim tells that nobody moved: denied, or counted with a zero that the words say."""
    zero = any(count.best == 0 or count.high == 0 for count in claim.counts)
    return claim.polarity == "denied" or zero


def _calm_why(claim: Claim) -> str:
    source = claim.attribution.source
    where = claim.place.text or claim.place.name
    by = source.text if source else "the outlet" if claim.attribution.voice == "outlet" else "hearsay"
    return f"quiet told for {where or 'the place as a whole'}, by {by}"


def _obstruction_why(claim: Claim, why: str) -> str:
    parts = [why]
    if claim.attribution.voice == "hearsay":
        parts.append("hearsay")
    if not actors_of(claim, "initiator"):
        parts.append("nobody is named as having done it")
    return "; ".join(parts)


# ------------------------------------------------------------------ violations as incidents


def _arrivals(claims: Sequence[Claim], case: Case, evidence: Evidence, found: Sequence[Evidence]) -> None:
    """Add arrivals outside of the truce's area at a place to which its people were bound."""
    bound = {c.place.to.name for c, _ in [*evidence.movements, *evidence.terms] if c.place.to and c.place.to.name}
    bound -= {case.area.name if case.area else None}
    for claim in claims:
        if claim.event.type != "movement_arrived" or claim.polarity == "denied" or claim.status not in HAPPENED:
            continue
        goal = claim.place.to.name if claim.place.to else claim.place.name
        if goal not in bound or goal is None:
            continue
        if all(claim.id not in other.relations for other in found):
            evidence.relations[claim.id] = "movement"
            evidence.movements.append((claim, f"at {goal}, where they were bound"))
            evidence.arrivals.append(claim)


def _denials(claims: Sequence[Claim], breaches: list[tuple[Claim, str]], found: Sequence[Evidence]) -> None:
    """Add denials of a happening that stands among the violations, whatever of it they leave unsaid."""
    known = {claim_id for evidence in found for claim_id in evidence.relations}
    evidence = next((e for e in found if any(claim.id in e.relations for claim, _ in breaches)), None)
    if evidence is None:
        return
    for claim in claims:
        if claim.polarity != "denied" or claim.id in known or claim.event.type not in load_rules().violence:
            continue
        denied = next(((told, why) for told, why in breaches if same_happening(claim, told)), None)
        if denied is not None:
            evidence.relations[claim.id] = "violates"
            breaches.append((claim, denied[1]))


def _consequences(case: Case, claims: Sequence[Claim], breaches: list[tuple[Claim, str]], evidence: Evidence) -> None:
    """Add deaths of wounds told of an incident in the truce."""
    first = min((claim.span[0] for claim, _ in breaches), default=None)
    if first is None:
        return
    for claim in claims:
        if claim.event.type != "death_of_wounds" or claim.id in evidence.relations or claim.span[0] < first:
            continue
        if bearing(claim, case).where is not Where.OUTSIDE and _of_the_wounded(case, claim):
            evidence.relations[claim.id] = "violates"
            breaches.append((claim, "a death of wounds of an incident in it"))


def _of_the_wounded(case: Case, claim: Claim) -> bool:
    start, end = sentence_span(case.doc, claim.event.trigger.span[0])
    words = case.doc.text[start:end].lower()
    return any(word in words for word in ("wounded", "injured", "wounds", "injuries", "later died"))


def _incidents(case: Case, breaches: list[tuple[Claim, str]], evidence: Evidence) -> list[Incident]:
    """The violations; a denial of what nobody here affirms is no violation and stands as undetermined."""
    kept: list[Incident] = []
    for incident in group_incidents(case.doc, breaches):
        if any(claim.polarity == "affirmed" for claim in incident.claims):
            kept.append(incident)
        else:
            evidence.undetermined += [(c, "only its denial is told here") for c in incident.claims]
    return kept
