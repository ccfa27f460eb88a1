"""Who stands where on a truce, whether it is agreed, and who is heard about it and who is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model import ActorRole, Claim, Party
from trucewatch.truce.case import Case, ids, in_order
from trucewatch.truce.cues import CROSSING
from trucewatch.truce.evidence import Evidence
from trucewatch.truce.saying import noun
from trucewatch.truce.sentences import sentence_span
from trucewatch.truce.tables import Rules, load_rules

_ROLES = ("announcer", "initiator", "party")
#: Words for the parties taken together: what they agree, more than one side agrees.
_COLLECTIVE = re.compile(
    r"\b(?:both|all|two|three|warring|rival|opposing) (?:\w+ )?(?:sides|parties|factions|armies|groups|"
    r"governments|countries|neighbou?rs)\b|\b(?:the|warring|rival) (?:sides|parties|factions)\b",
    re.IGNORECASE,
)
_ARMED = ("state_forces", "rebel_group", "militia", "government")
#: Roles of those whom a claim on the truce is about, so that they should be heard.
_BOUND = ("initiator", "target", "party", "addressee")
#: Brokers and watchers are no parties, though they may propose.
_BROKERS = ("igo", "ngo", "monitor", "media", "civilians")
#: Sides that a speaker may have without a side in the war.
_OWN_SIDE = {"igo": "un", "ngo": "ngo", "monitor": "monitor", "media": "media", "civilians": "civilians"}


def find_parties(case: Case) -> list[Party]:
    """The parties that the report tells to have taken a stance on the truce, in the order of the text."""
    rules = load_rules()
    told: dict[str, tuple[str, list[Claim]]] = {}
    for claim in in_order(case.instrument.claims):
        for actor, stance in _stances(claim, rules):
            name = actor.name or actor.text
            known, claims = told.get(name, ("unknown", []))
            stronger = rules.stances.index(stance) >= rules.stances.index(known)
            told[name] = (stance if stronger else known, [*claims, claim])
    return [Party(name=name, stance=stance, claims=ids(claims)) for name, (stance, claims) in told.items()]


def _stances(claim: Claim, rules: Rules) -> list[tuple[ActorRole, str]]:
    """Those whose stance a claim tells: who announces it, else who does it, else the parties of an
    agreement."""
    stance = "accepted" if claim.event.type == "agreement" else rules.stance.get(claim.event.type)
    if (
        stance is None
        or claim.polarity == "denied"
        or claim.status not in ("happened", "ongoing", "planned", "offered")
    ):
        return []
    for role in _ROLES:
        actors = [actor for actor in claim.actors if actor.role == role]
        if role == "initiator" and claim.event.type in ("truce_accepted", "agreement"):
            actors += [actor for actor in claim.actors if actor.role == "party"]
        kept = [a for a in actors if stance == "proposed" or a.kind not in _BROKERS]
        if kept:
            return [(actor, stance) for actor in kept]
    return []


def computed_type(case: Case, parties: Sequence[Party]) -> tuple[str, str]:
    """What the truce is by the glossary, and why: agreed types need the agreement of the parties (OCHA)."""
    rules = load_rules()
    declared = case.instrument.type
    kind = rules.computed.get(declared or "", "undetermined")
    agreed = [party for party in parties if party.stance in rules.agreed]
    refused = [party for party in parties if party.stance in ("rejected", "renounced")]
    sides = {_side_of(case, party.name) or party.name for party in agreed}
    together = any(_COLLECTIVE.search(party.name) for party in agreed)
    if kind in rules.free and agreed:
        return kind, "of this type one side alone can declare it"
    if (len(sides) >= rules.needs or together) and not refused:
        return _agreed_kind(case, kind), f"{_listed([p.name for p in agreed])} are told to have agreed"
    if refused and len(sides) >= rules.needs:
        return rules.one_side, f"{_listed([p.name for p in refused])} is told to have refused it"
    if agreed:
        return (
            rules.one_side,
            f"only {_listed([p.name for p in agreed])} is told to have declared or agreed to it",
        )
    return "undetermined", "nobody is told to have declared or agreed to it"


def _agreed_kind(case: Case, kind: str) -> str:
    if kind == "ceasefire" and any(label.local for label in case.instrument.labels):
        return "local_truce"
    return kind


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"


def _side_of(case: Case, name: str) -> str | None:
    for claim in case.instrument.claims:
        for actor in claim.actors:
            if (actor.name or actor.text) == name:
                return actor.side
    return None


# ------------------------------------------------------------------ voices


def bearing_claims(case: Case, evidence: Evidence) -> list[Claim]:
    """All claims that bear on the truce or might: those with a relation, and the undetermined ones."""
    known = set(evidence.relations) | {claim.id for claim, _ in evidence.undetermined}
    return [claim for claim in case.claims if claim.id in known]


def sides_heard(claims: Sequence[Claim]) -> list[str]:
    """The sides of those who are quoted on the truce, sorted; who acts but does not speak is not among
    them."""
    sides = set()
    for claim in claims:
        source = claim.attribution.source
        for voice in [source, *claim.attribution.chain]:
            side = (voice.side or _OWN_SIDE.get(voice.kind)) if voice is not None else None
            if side is not None:
                sides.add(side)
    return sorted(sides)


def voices_missing(case: Case, evidence: Evidence, others: Sequence[Case]) -> list[str]:
    """Who should be heard on the truce and is not: movers, parties and armed groups, the victims, a
    monitor."""
    claims = bearing_claims(case, evidence)
    heard = _heard(claims)
    missing = [*_movers_missing(case, evidence, heard), *_armed_missing(case, claims, others, heard)]
    if case.main and not heard & {"un", "monitor", "igo"}:
        missing.append(f"UN or another monitor on the {_noun(case)}")
    if not case.main:
        missing = [*_owner_missing(case, heard), *missing]
    return list(dict.fromkeys(missing))


def _heard(claims: Sequence[Claim]) -> set[str]:
    heard: set[str] = set()
    for claim in claims:
        source = claim.attribution.source
        for voice in [source, *claim.attribution.chain]:
            if voice is not None:
                heard |= {word for word in (voice.name, voice.side, voice.kind) if word}
    return heard


def _noun(case: Case) -> str:
    return noun(case)


def _movers_missing(case: Case, evidence: Evidence, heard: set[str]) -> list[str]:
    """The people who moved or waited, where none of them speaks."""
    told = [claim for claim, _ in evidence.movements]
    movers = [a for claim in told for a in claim.actors if a.role == "mover" and a.kind == "civilians"]
    names = list(dict.fromkeys(actor.name or actor.text for actor in movers))
    names = [name for name in names if name not in heard]
    if not names:
        return []
    spot = next((c.place.name for c in told if c.place.name and CROSSING.search(c.place.name)), None)
    where = " at the crossing" if spot else f" at {told[0].place.name}" if told[0].place.name else ""
    return [f"{_listed(names)}{where}"]


def _armed_missing(case: Case, claims: Sequence[Claim], others: Sequence[Case], heard: set[str]) -> list[str]:
    """Parties and armed groups of the report that do not speak and whose stance is not told here."""
    stance = {party.name for party in find_parties(case)}
    own = [a for c in claims for a in c.actors if a.kind in _ARMED and a.role in _BOUND]
    rest = [
        a
        for other in others
        if other is not case
        for c in other.instrument.claims
        for a in c.actors
        if a.kind in _ARMED
    ]
    missing: list[str] = []
    seen: set[str] = set()
    for actor, here in [(a, True) for a in own] + [(a, False) for a in rest]:
        name = actor.name or actor.text
        if actor.side is None and name[:1].islower():
            continue  # a class without a side: nobody in particular could be asked
        keys = {key for key in (name, actor.side) if key}
        if keys & (heard | seen) or name in stance:
            continue
        seen |= keys
        missing.append(name if here or not case.main else f"{name} on the {_noun(case)}")
    return missing


def _owners_named(case: Case, heard: set[str]) -> list[str]:
    """Bodies named in the sentence of a plan's wording, before it."""
    found = []
    for label in case.instrument.labels:
        start, _ = sentence_span(case.doc, label.span[0])
        for actor in case.mentions.actors:
            before = start <= actor.span[0] and actor.span[1] <= label.span[1]
            if before and actor.kind == "igo" and not {actor.name, actor.side} & heard:
                found.append(" ".join(actor.text.split()).removeprefix("the ").removeprefix("The "))
    return found or (["UN"] if "un" in case.instrument.owners - heard else [])


def _owner_missing(case: Case, heard: set[str]) -> list[str]:
    """Who drew up a plan, where he is named with it and does not speak."""
    named = [
        " ".join(actor.text.split()).removeprefix("the ").removeprefix("The ")
        for claim in case.instrument.claims
        for actor in claim.actors
        if actor.role == "addressee" and (actor.name not in heard) and actor.kind in ("igo", "government")
    ]
    return named or _owners_named(case, heard)
