"""Did it hold: three answers, each with its reasons. The rule base stands in docs/judgement.md.

An answer rests on claims and names them; where nothing tells, the answer is `undetermined` and the reason
says what is missing. What supports a truce is weighed only where nothing established breaks it, so that no
supporting claim turns broken into held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from trucewatch.model import Claim, Corridor, Document, Party, Reason, Words
from trucewatch.truce.case import Case, actors_of, ids
from trucewatch.truce.clock import before, hours_between
from trucewatch.truce.evidence import Evidence, denied_movement
from trucewatch.truce.incidents import Incident, number, small, standing, who_is_disputed
from trucewatch.truce.saying import claim_words, duration_words, joined, when_words
from trucewatch.truce.tables import load_labels, load_rules

_FALLEN = re.compile(r"collaps|br(?:oke|eak)|unravel|crumbl|shatter|fell apart|fall(?:en|s)? apart", re.IGNORECASE)
Side = Literal["for", "against"]


@dataclass(slots=True)
class Answers:
    """The three answers and their reasons, before they are put into words as a whole."""

    observance: str = "undetermined"
    purpose: str = "undetermined"
    formal: str = "undetermined"
    reasons: list[Reason] = field(default_factory=list)


def answer(case: Case, evidence: Evidence, parties: Sequence[Party], corridors: Sequence[Corridor]) -> Answers:
    """The three answers on one truce."""
    observance, seen = judge_observance(case, evidence)
    purpose, reached = judge_purpose(case, evidence)
    formal, stands = judge_formal(case, evidence, parties)
    return Answers(observance, purpose, formal, [*seen, *reached, *stands])


def _reason(
    about: Literal["observance", "purpose", "formal"], side: Side, says: str, claims: Sequence[Claim]
) -> Reason:
    return Reason(about=about, says=says, for_or_against=side, claims=ids(claims))


# ------------------------------------------------------------------ observance


def judge_observance(case: Case, evidence: Evidence) -> tuple[str, list[Reason]]:
    """Broken by an established violation, disputed where it is itself denied, held where calm is all that is
    told."""
    standings = [(incident, standing(case.doc, incident)) for incident in evidence.violations]
    grave = [i for i, how in standings if how == "established" and not small(case.doc, i)]
    slight = [i for i, how in standings if how == "established" and small(case.doc, i)]
    disputed = [i for i, how in standings if how == "disputed"]
    unproven = [i for i, how in standings if how in ("hearsay", "verdict")]
    reasons = [_violation(case, i) for i in grave + slight]
    reasons += [_unproven(i, "the blamed deny that it happened") for i in disputed]
    reasons += [_unproven(i, "hearsay or verdict alone, no incident is told as sure") for i in unproven]
    reasons += [_reason("observance", "for", _calm_says(c), [c]) for c, _ in evidence.calm]
    if evidence.undetermined and not grave:
        told = [claim for claim, _ in evidence.undetermined]
        many = f"{number(len(told))} incident{'s' if len(told) > 1 else ''}"
        says = f"{many} of which it cannot be told whether in the {case.label}"
        reasons.append(_reason("observance", "against", says, told))
    if grave:
        return "broken", reasons
    if disputed:
        return "disputed", reasons
    if slight:
        return "mostly_held", reasons
    return _without_violations(case, evidence, reasons, bool(unproven))


def _without_violations(
    case: Case, evidence: Evidence, reasons: list[Reason], unproven: bool
) -> tuple[str, list[Reason]]:
    calm = bool(evidence.calm)
    fallen = [c for c in case.of_type("truce_ended") if _FALLEN.search(c.event.trigger.text)]
    if fallen:
        reasons = [
            *reasons,
            _reason("observance", "against", f"the {case.label} is told to have collapsed", fallen),
        ]
    if calm and not evidence.undetermined and not fallen:
        return ("mostly_held" if unproven else "held"), reasons
    if not reasons:
        missing = f"neither a violation nor calm is told of the {case.label}"
        reasons = [_reason("observance", "against", missing, [])]
    return "undetermined", reasons


def _violation(case: Case, incident: Incident) -> Reason:
    told = incident.told[0]
    says = claim_words(case.doc, told)
    into = _into(case, told)
    says = f"{says}{f', {into}' if into else ''}"
    if small(case.doc, incident):
        says = f"{says}; told as small, nobody told as hurt"
    elif who_is_disputed(incident):
        says = f"{says}; who did it is disputed"
    return _reason("observance", "against", says, [told])


def _unproven(incident: Incident, why: str) -> Reason:
    return _reason("observance", "against", why, incident.claims)


def _into(case: Case, claim: Claim) -> str:
    hours = first_hours(case, claim)
    return f"{when_words(hours)} into the {case.label}" if hours is not None else ""


def first_hours(case: Case, claim: Claim) -> float | None:
    """Hours from the truce's told beginning to a claim's time, where both are told by the hour."""
    clocks = [w for w in case.windows if w.precision in ("minute", "hour")]
    if claim.time.precision not in ("minute", "hour") or not clocks:
        return None
    gaps = [hours_between(w.start, claim.time.start) for w in clocks]
    return next((gap for gap in gaps if gap is not None and gap >= 0), None)


def _calm_says(claim: Claim) -> str:
    where = claim.place.text or claim.place.name
    return f"quiet is told{f' for {where}' if where else ''}"


# ------------------------------------------------------------------ purpose

REACHED = ("movement_crossed", "movement_left", "evacuation", "medical_evacuation")


def judge_purpose(case: Case, evidence: Evidence) -> tuple[str, list[Reason]]:
    """Reached where people crossed or aid came in and nothing speaks against it; partly where something
    does."""
    moving = [c for c, _ in evidence.movements if not denied_movement(c)]
    moved = [c for c in moving if c.event.type in REACHED or c in evidence.arrivals]
    waiting = [c for c in moving if c not in moved]
    delivered = list(evidence.aid)
    against = [*evidence.unmoved, *[c for c, _ in evidence.obstructions]]
    hindered = [*evidence.unmoved, *[c for c, _ in evidence.obstructions if c.attribution.voice != "hearsay"]]
    reasons = _purpose_reasons(case, moved, waiting, delivered, evidence)
    done = [c for c in moved + delivered if c.attribution.voice != "hearsay"]
    if done:
        few = any(count.word in ("several", "few", "a few", "some", "handful") for c in moved for count in c.counts)
        short = bool(against) or few or _fewer_crossed(waiting, moved)
        return ("partly_reached" if short else "reached"), reasons
    if hindered:
        return "not_reached", reasons
    if not reasons:
        aims = [c for c, why in evidence.terms if why.startswith("the purpose")]
        told = "what it was for is told, not whether it came about" if aims else "no purpose is told"
        reasons = [_reason("purpose", "against", told, aims)]
    return "undetermined", reasons


def _purpose_reasons(
    case: Case, moved: list[Claim], waiting: list[Claim], delivered: list[Claim], evidence: Evidence
) -> list[Reason]:
    reasons: list[Reason] = []
    if moved:
        arrived = [c for c in waiting if c.event.type == "movement_arrived"]
        says = joined([claim_words(case.doc, c) for c in [*arrived, *moved]])
        reasons.append(_reason("purpose", "for", says, [*arrived, *moved]))
    elif waiting:
        says = joined([claim_words(case.doc, c) for c in waiting])
        tail = "" if evidence.unmoved else "; that they crossed is not told"
        reasons.append(_reason("purpose", "against", f"{says}{tail}", waiting))
    if delivered:
        says = joined([claim_words(case.doc, c) for c in delivered])
        reasons.append(_reason("purpose", "for", says, delivered))
    for claim in evidence.unmoved:
        reasons.append(_reason("purpose", "against", claim_words(case.doc, claim), [claim]))
    for claim, _ in evidence.obstructions:
        reasons.append(_reason("purpose", "against", claim_words(case.doc, claim), [claim]))
    return reasons


def _fewer_crossed(waiting: Sequence[Claim], moved: Sequence[Claim]) -> bool:
    """Whether fewer are told to have crossed than to have come."""
    came = [n for x in waiting for c in x.counts if (n := c.best or c.low) is not None]
    went = [n for x in moved for c in x.counts if (n := c.best or c.high) is not None]
    return bool(came and went) and max(went) < max(came)


# ------------------------------------------------------------------ formal state


def judge_formal(case: Case, evidence: Evidence, parties: Sequence[Party]) -> tuple[str, list[Reason]]:
    """What became of the truce as an act: proposed, in force, extended, suspended, ended or lapsed."""
    refused = [claim for claim, _ in evidence.rejections]
    for rule in (_ended, _extended, _lapsed, _renounced, _in_force, _proposed):
        found = rule(case, evidence, refused)
        if found is not None:
            return found
    if refused:
        who = joined(list(dict.fromkeys(name for c in refused for name in actors_of(c, "initiator")))) or "a group"
        says = f"told only as rejected or renounced by {who}; no sign that it was ever in force"
        return "undetermined", [_reason("formal", "against", says, refused)]
    says = f"whether the {case.label} was ever in force is not told"
    return "undetermined", [_reason("formal", "against", says, case.instrument.claims)]


Formal = tuple[str, list[Reason]] | None


def _ended(case: Case, evidence: Evidence, refused: list[Claim]) -> Formal:
    over = [c for c in case.of_type("truce_ended") if c.status in ("happened", "ongoing")]
    if not over:
        return None
    state = "suspended" if "suspend" in over[-1].event.trigger.text.lower() else "ended"
    return state, [_reason("formal", "against", claim_words(case.doc, over[-1]), over)]


def _extended(case: Case, evidence: Evidence, refused: list[Claim]) -> Formal:
    if not case.extensions:
        return None
    told = [c for c in case.of_type("truce_extended") if any(c.id in e.claims for e in case.extensions)]
    first = case.extensions[0]
    by = f" by {first.by}" if first.by else ""
    length = f" for {duration_words(first.duration)}" if first.duration else ""
    until = f" until {first.until}" if first.until else ""
    return "extended", [_reason("formal", "for", f"an extension{length}{until} is told as announced{by}", told)]


def _lapsed(case: Case, evidence: Evidence, refused: list[Claim]) -> Formal:
    """Its told end has passed by the report's own time and no extension is told."""
    ends = [window for window in case.windows if window.end is not None]
    if not ends or len(ends) < len(case.windows):
        return None
    last = max(ends, key=lambda window: window.end or "")
    denied = [c for c in case.instrument.claims if c.event.type == "truce_extended" and c.polarity == "denied"]
    if not (_passed(case, last.end) or denied):
        return None
    tail = "and no extension was announced" if denied else "and no extension is told"
    tellers = [c for c in case.instrument.claims if c.id in last.claims and c.event.type != "truce_started"]
    says = f"the window ended at {(last.end or '').replace('T', ' ')} {tail}"
    return "lapsed", [_reason("formal", "against", says, [*tellers, *denied])]


def _passed(case: Case, end: str | None) -> bool:
    """Whether a time lies before the day of the report, or before something that it tells as having
    happened."""
    published = case.doc.report.published.value
    if published is not None:
        return bool(before(end, published[:16]))
    dateline = [t for t in case.mentions.times if t.span and case.doc.part_at(t.span[0]) == "dateline"]
    if any(before(end, time.start) for time in dateline):
        return True
    return any(
        before(end, claim.time.start) and claim.status == "happened"
        for claim in case.claims
        if claim.time.precision in ("minute", "hour", "day")
    )


def _renounced(case: Case, evidence: Evidence, refused: list[Claim]) -> Formal:
    left = [c for c in refused if c.event.type == "truce_renounced"]
    if not left or not _begun(case):
        return None
    return "ended", [_reason("formal", "against", claim_words(case.doc, left[0]), left)]


def _begun(case: Case) -> list[Claim]:
    told = case.of_type("truce_started", "truce_violated", "truce_disrupted", "truce_obstructed")
    return [claim for claim in told if claim.status in ("happened", "ongoing")]


def _in_force(case: Case, evidence: Evidence, refused: list[Claim]) -> Formal:
    begun = _begun(case)
    if begun:
        return "in_force", [
            _reason("formal", "for", f"it is told to have run: {claim_words(case.doc, begun[0])}", begun)
        ]
    declared = [
        c for c in case.of_type("truce_declared", "truce_accepted", "agreement") if c.status in ("happened", "ongoing")
    ]
    inside = [c for i in evidence.violations for c in i.claims] + [c for c, _ in evidence.calm]
    if inside or (declared and _has_begun(case)):
        says = "incidents are told as falling in it" if inside else "it is declared and its told beginning has come"
        return "in_force", [_reason("formal", "for", says, [*declared, *inside])]
    return None


def _has_begun(case: Case) -> bool:
    starts = [window.start for window in case.windows if window.start]
    published = case.doc.report.published.value
    return bool(published) and any(before(start, (published or "")[:16]) for start in starts)


def _proposed(case: Case, evidence: Evidence, refused: list[Claim]) -> Formal:
    offered = case.of_type("truce_proposed", "proposal")
    declared = [
        c
        for c in case.of_type("truce_declared", "truce_accepted", "truce_started", "agreement")
        if c.status in ("happened", "ongoing", "planned")
    ]
    told = declared or offered
    if not told or (refused and not declared):
        return None
    says = (
        "declared or agreed; that it began is not told" if declared else "it is proposed; nobody is told to have agreed"
    )
    return "proposed", [_reason("formal", "for", says, told)]


# ------------------------------------------------------------------ the outlet's verdict


def headline(doc: Document) -> Words | None:
    """The title where it gives a verdict on a truce, in the outlet's words; else None."""
    rules, labels = load_rules(), load_labels()
    for part in doc.report.parts:
        if part.kind != "title":
            continue
        text = doc.text[part.span[0] : part.span[1]]
        start = part.span[0] + len(text) - len(text.lstrip())
        end = start + len(text.strip())
        if labels.pattern.search(doc.text, start, end) and rules.verdict.search(doc.text, start, end):
            return Words(span=(start, end), text=doc.text[start:end])
    return None
