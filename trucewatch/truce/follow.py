"""Follow the truces of one report: which there are, what bears on each, and whether each held.

instruments   wordings and claims, one instrument each
windows       when it is told to hold, where, and how it was extended
evidence      every claim's relation; violations, calm, obstructions, movements, what cannot be placed
judgement     three answers with reasons, the outlet's own verdict, who is heard and who is not
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from trucewatch.model import (
    Claim,
    Document,
    Item,
    Judgement,
    Mentions,
    Movement,
    Note,
    Reason,
    Truce,
    TruceLink,
)
from trucewatch.truce.area import find_area
from trucewatch.truce.case import Case, in_order
from trucewatch.truce.corridors import find_corridors
from trucewatch.truce.evidence import Evidence, denied_movement, gather
from trucewatch.truce.extensions import find_extensions
from trucewatch.truce.incidents import incident_why
from trucewatch.truce.instruments import find_instruments, main_instrument
from trucewatch.truce.judge import answer, headline
from trucewatch.truce.parties import bearing_claims, computed_type, find_parties, sides_heard, voices_missing
from trucewatch.truce.summary import summarise
from trucewatch.truce.tables import load_rules
from trucewatch.truce.tensions import truce_tensions
from trucewatch.truce.windows import find_windows


def follow(
    doc: Document, claims: Sequence[Claim], mentions: Mentions, anchors: Sequence[Any] = ()
) -> tuple[list[Claim], list[Truce], list[Note]]:
    """The claims with their links to truces, the truces as far as this report tells, and tensions about them.

    `anchors` are times that other words imply for a truce: objects with `kind` (start, end or window),
    `span`, `text`, `time` and `why`.
    """
    told = in_order(claims)
    instruments = find_instruments(doc, told, mentions)
    if not instruments:
        return list(claims), [], []
    main = main_instrument(instruments)
    cases = [
        _prepared(
            Case(
                doc=doc,
                mentions=mentions,
                instrument=one,
                claims=told,
                anchors=anchors,
                main=one is main,
                others=[other for other in instruments if other is not one],
            )
        )
        for one in instruments
    ]
    evidence = gather(cases, told)
    kept = [(case, found) for case, found in zip(cases, evidence, strict=True) if _worth(case, found)]
    truces = [_truce(case, found, [other for other, _ in kept]) for case, found in kept]
    links = {
        claim_id: TruceLink(label=case.label, relation=relation)
        for case, found in kept
        for claim_id, relation in found.relations.items()
    }
    notes = [note for case, _ in kept for note in truce_tensions(case)]
    return [replace(claim, truce=links.get(claim.id)) for claim in claims], truces, notes


def _prepared(case: Case) -> Case:
    """The case with its area, windows and extensions found."""
    case.area = find_area(case.instrument, case.mentions)
    case.windows = find_windows(case)
    case.extensions = find_extensions(case)
    return case


def _worth(case: Case, found: Evidence) -> bool:
    """Whether the report tells something of the truce beyond naming it in passing."""
    return bool(case.instrument.claims or found.relations or found.undetermined or case.windows)


def _truce(case: Case, found: Evidence, cases: Sequence[Case]) -> Truce:
    parties = find_parties(case)
    corridors = find_corridors(case, found) if case.main else []
    computed, why = computed_type(case, parties)
    answers = answer(case, found, parties, corridors)
    judgement = Judgement(
        observance=answers.observance,
        purpose=answers.purpose,
        formal=answers.formal,
        reasons=[*answers.reasons, *_glossary(case, computed, why)],
        headline=headline(case.doc) if case.main else None,
        summary=summarise(case, found, parties, answers),
        origins=1,
        sides_heard=sides_heard(bearing_claims(case, found)),
        voices_missing=voices_missing(case, found, cases),
    )
    return Truce(
        id=_identity(case),
        labels=case.instrument.label_words(),
        declared_type=case.instrument.type,
        computed_type=computed,
        area=case.area,
        parties=parties,
        windows=case.windows,
        extensions=case.extensions,
        corridors=corridors,
        terms=[Item(claims=[c.id], why=why) for c, why in sorted(found.terms, key=_aim)],
        violations=[Item(claims=[c.id for c in i.claims], why=incident_why(case.doc, i)) for i in found.violations],
        calm=[Item(claims=[c.id], why=why) for c, why in found.calm],
        obstructions=[Item(claims=[c.id], why=why) for c, why in found.obstructions],
        movements=_movements(found),
        rejections=[Item(claims=[c.id], why=why) for c, why in found.rejections],
        undetermined=[Item(claims=[c.id], why=why) for c, why in found.undetermined],
        judgement=judgement,
    )


def _glossary(case: Case, computed: str, why: str) -> list[Reason]:
    """Why a truce is not what it is called, by the glossary, where it is not."""
    rules = load_rules()
    claims = [c.id for c in case.of_type("truce_declared", "truce_accepted", "truce_extended", "agreement")]
    told = computed == rules.one_side or (computed == "undetermined" and case.windows and case.main)
    if not told or case.instrument.type not in rules.computed:
        return []
    called = str(case.instrument.type).replace("_", " ")
    says = f"by the glossary no agreed {called}: {why}"
    return [Reason(about="formal", says=says, for_or_against="against", claims=claims)]


def _aim(term: tuple[Claim, str]) -> bool:
    """What is to be held stands before what it is for."""
    return term[1].startswith("the purpose")


def _movements(found: Evidence) -> list[Movement]:
    """The stages of movement in the order in which people go through them, each with its claims."""
    rules = load_rules()
    stages: dict[str, list[str]] = {}
    for claim, _ in found.movements:
        if not denied_movement(claim):
            stage = "arrived_at_destination" if claim in found.arrivals else rules.stage[claim.event.type]
            stages.setdefault(stage, []).append(claim.id)
    order = ("gathered", "arrived", "asked", "crossed", "arrived_at_destination")
    return [Movement(stage=stage, claims=stages[stage]) for stage in order if stage in stages]


def _identity(case: Case) -> str:
    """A stable id: of the report, the first wording and where it stands."""
    first = case.instrument.label_words()[0]
    key = f"{case.doc.report.id}:{first.span[0]}:{first.text}"
    return "t" + hashlib.sha256(key.encode()).hexdigest()[:12]
