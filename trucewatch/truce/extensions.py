"""How a truce was extended: by whom, until when, for how long."""

from __future__ import annotations

import re

from trucewatch.model import Claim, Extension, TimeMention
from trucewatch.truce.case import Case, actors_of
from trucewatch.truce.clock import CLOCK
from trucewatch.truce.cues import UNTIL
from trucewatch.truce.wording import inside, iso_duration, phrase_hours

_MORE = re.compile(
    r"\b(?:for|by)\s+(?:(?:at least|up to|about)\s+)?((?:an?other|a further|an additional|"
    r"an extra|one more|two more|"
    r"three more|[\w-]+)(?:\s+more|\s+further|\s+additional)?[\s-]+(?:hour|day|week|fortnight|month)s?)\b"
    r"|\b((?:[\w]+)[\s-](?:hour|day|week|month)(?:-long)?)\s+(?:extension|prolongation|renewal)\b",
    re.IGNORECASE,
)


def find_extensions(case: Case) -> list[Extension]:
    """The extensions told as made; one that is denied, asked for or threatened is none."""
    found: list[Extension] = []
    for claim in case.of_type("truce_extended"):
        announced = claim.status == "planned" and bool(actors_of(claim, "announcer"))
        if claim.status not in ("happened", "ongoing") and not announced:
            continue  # asked for, talked about
        names = actors_of(claim, "announcer") or actors_of(claim, "initiator") or actors_of(claim, "party")
        source = claim.attribution.source
        by = names[0] if names else (source.name or source.text) if source else None
        found.append(Extension(by=by, until=_until(case, claim), duration=_length(case, claim), claims=[claim.id]))
    return found


def _until(case: Case, claim: Claim) -> str | None:
    for time in _times_in(case, claim):
        head = case.doc.text[max(0, time.span[0] - 30) : time.span[0]] if time.span else ""
        if time.kind in ("date", "time") and UNTIL.search(head):
            return time.start if time.precision in CLOCK else time.end
    return None


def _length(case: Case, claim: Claim) -> str | None:
    start, end = case.words_of(claim)
    match = _MORE.search(case.doc.text, start, end)
    hours = phrase_hours(match[1] or match[2]) if match else None
    if hours is not None:
        return iso_duration(hours)
    return next((t.duration for t in _times_in(case, claim) if t.kind == "duration" and t.duration), None)


def _times_in(case: Case, claim: Claim) -> list[TimeMention]:
    return [time for time in case.mentions.times if time.span and inside(time.span, claim.span)]
