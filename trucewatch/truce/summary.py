"""One sentence on a truce, ours: neutral names, who declared it, whether it held, what came of it, how it
ended."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.model import Party
from trucewatch.truce.case import Case, actors_of
from trucewatch.truce.clock import hours_between
from trucewatch.truce.evidence import Evidence, denied_movement
from trucewatch.truce.incidents import Incident, standing, who_is_disputed
from trucewatch.truce.judge import Answers, first_hours
from trucewatch.truce.saying import (
    claim_words,
    duration_words,
    joined,
    length_words,
    named,
    noun,
    when_words,
    with_article,
)

_FORMAL = {
    "extended": "it was extended", "ended": "it is told to have ended", "lapsed": "it lapsed unextended",
    "suspended": "it was suspended", "in_force": "it is told to be in force",
    "proposed": "that it began is not told", "undetermined": "what became of it is not told",
}  # fmt: skip


def summarise(case: Case, evidence: Evidence, parties: Sequence[Party], answers: Answers) -> str:
    """The summary sentence."""
    clauses = [
        f"{_subject(case, parties)} {_observed(case, evidence, answers)}",
        _came_of_it(case, evidence, answers),
    ]
    formal = _formal(case, answers)
    text = "; ".join(clause for clause in clauses if clause)
    text = f"{text}; {formal}" if formal else text
    return text[:1].upper() + text[1:] + "."


def _subject(case: Case, parties: Sequence[Party]) -> str:
    length = next(
        (hours for w in case.windows if (hours := hours_between(w.start, w.end)) is not None and hours > 0),
        None,
    )
    area = f" in {case.area.name}" if case.area and case.area.name else ""
    told = f"{with_article(noun(case))}{f' of {length_words(length)}' if length else ''}{area}"
    stances = [
        f"{stance} by {joined([named(p.name) for p in parties if p.stance == stance])}"
        for stance in ("proposed", "declared", "accepted", "extended", "rejected", "renounced")
        if any(p.stance == stance for p in parties)
    ]
    owners = "" if stances else ", of which nobody is told to have declared it or agreed,"
    return f"{told}, {joined(stances)}," if stances else f"{told}{owners}"


def _observed(case: Case, evidence: Evidence, answers: Answers) -> str:
    match answers.observance:
        case "broken":
            return f"was broken {_breaking(case, evidence)}"
        case "disputed":
            return "is said by one side to be broken, which the other denies"
        case "held":
            return "held as far as is told here"
        case "mostly_held":
            return "mostly held, with small or unsure violations"
        case _:
            return "cannot be judged from what is told here"


def _breaking(case: Case, evidence: Evidence) -> str:
    broken = [i for i in evidence.violations if standing(case.doc, i) == "established"]
    first = min(broken, key=lambda incident: _order(case, incident))
    told = first.told[0]
    hours = first_hours(case, told)
    into = f"{when_words(hours)} in " if hours is not None else ""
    return f"{into}by {claim_words(case.doc, told)}{_laid_to(first)}"


def _order(case: Case, incident: Incident) -> tuple[float, int]:
    hours = first_hours(case, incident.told[0])
    return (hours if hours is not None else 1e9, incident.claims[0].span[0])


def _laid_to(incident: Incident) -> str:
    names = list(
        dict.fromkeys(n for c in incident.claims if c.polarity == "affirmed" for n in actors_of(c, "initiator"))
    )
    if len(names) > 1:
        return ", which each side lays to the other"
    if names and who_is_disputed(incident):
        return f", laid to {named(names[0])} and denied"
    return f", laid to {named(names[0])}" if names else ""


def _came_of_it(case: Case, evidence: Evidence, answers: Answers) -> str:
    moved = [claim_words(case.doc, c) for c, _ in evidence.movements if not denied_movement(c)]
    unmoved = [claim_words(case.doc, c) for c in evidence.unmoved]
    aid = [claim_words(case.doc, c) for c in evidence.aid]
    told = list(dict.fromkeys([*moved[-3:], *unmoved[:1], *aid[:1]]))
    return joined(told) if answers.purpose != "undetermined" or moved else ""


def _formal(case: Case, answers: Answers) -> str:
    words = _FORMAL[answers.formal]
    if answers.formal == "extended" and case.extensions:
        first = case.extensions[0]
        words += f" by {named(first.by)}" if first.by else ""
        words += f" until {first.until.replace('T', ' ')}" if first.until else ""
        words += f" for {duration_words(first.duration)}" if first.duration else ""
    if answers.formal == "undetermined" and answers.observance != "undetermined":
        return ""
    return words
