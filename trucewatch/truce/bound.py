"""Whom a truce binds: those whom the text leaves out of it, and fighters of whom it does not tell."""

from __future__ import annotations

import re

from trucewatch.model import Claim
from trucewatch.truce.case import Case
from trucewatch.truce.sentences import sentence_span
from trucewatch.truce.tables import load_rules

_FIGHTERS = ("state_forces", "rebel_group", "militia", "government")
_NAME = re.compile(r"[A-Z][\w’'-]{2,}")
#: Actors whose side is a single group that no truce of others binds unless it is told to be a party.
_STANCES = ("truce_declared", "truce_accepted", "truce_extended", "truce_violated", "agreement")


def left_out(claim: Claim, case: Case) -> bool:
    """Whether the text says that the truce does not cover who acted or who was attacked."""
    names = {
        word
        for actor in claim.actors
        if actor.kind in _FIGHTERS
        for word in _NAME.findall(f"{actor.text} {actor.name or ''}")
    }
    return bool(names & excluded_names(case))


def excluded_names(case: Case) -> set[str]:
    """The capitalised words that follow words of exclusion in sentences that name the truce."""
    rules = load_rules()
    found: set[str] = set()
    for label in case.instrument.labels:
        start, end = sentence_span(case.doc, label.span[0])
        match = rules.excluded.search(case.doc.text, start, end)
        if match is not None:
            found |= set(_NAME.findall(case.doc.text[match.end() : end]))
    return found


def unbound(claim: Claim, case: Case) -> str | None:
    """Why it cannot be told that the truce binds those who fought: their sides are known, the truce's
    parties too, and none of them is a party. None where one is, or where either is not known."""
    parties = {
        actor.side
        for own in case.of_type(*_STANCES)
        for actor in own.actors
        if actor.side and actor.kind in _FIGHTERS and actor.role in ("announcer", "initiator", "party")
    }
    armed = [actor for actor in claim.actors if actor.kind in _FIGHTERS]
    for actor in armed:
        if actor.side in load_rules().outsiders - parties:
            return f"whether the {case.label} binds {actor.name or actor.text} is not told"
    fighters = [actor for actor in armed if actor.role in ("initiator", "party")]
    sides = {actor.side for actor in fighters}
    if len(parties) < 2 or not sides or None in sides or sides & parties:
        return None
    who = " and ".join(dict.fromkeys(actor.name or actor.text for actor in fighters))
    return f"whether the {case.label} binds {who} is not told"
