"""Claims and truces in our own words: neutral names, hedges kept, nothing that no claim says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model import Claim, Count, Document
from trucewatch.truce.case import Case
from trucewatch.truce.clock import hours_of
from trucewatch.truce.incidents import number
from trucewatch.truce.tables import load_rules
from trucewatch.truce.wording import PLURALS

#: Nouns that a text names in the plural and that are one instrument all the same.
_COUNTED = ("zone", "corridor", "deal", "day")
_FIGHTERS = {"rebel_group": "fighters", "militia": "fighters", "state_forces": "soldiers"}
_THE = re.compile(r"^(?:Government|Ministry|United|UN |Office)|(?:[Ff]orces|[Aa]rmy|police|command|Council|Front)$")
#: Claims of the truce itself: where they were told is not where they play.
_OF_THE_TRUCE = ("truce_violated", "truce_disrupted", "truce_started", "truce_ended", "truce_declared")
_UNNAMED_HURT = {"killed": "killed", "wounded": "wounded", "killed_or_wounded": "killed or wounded"}


def claim_words(doc: Document, claim: Claim) -> str:
    """A claim in a few of our own words: what, where, with what harm, and how surely it is told."""
    hearsay = "reportedly " if claim.attribution.voice == "hearsay" else ""
    rules = load_rules()
    if claim.event.type in rules.say_moves:
        return f"{hearsay}{_move(claim)}"
    act = rules.say_acts.get(claim.event.type, claim.event.type.replace("_", " "))
    means = list(dict.fromkeys(m.text for m in claim.means if m.text.lower() not in act))
    if means and claim.event.type in ("shelling", "shooting", "attack"):
        act = f"{act} ({', '.join(means)})"
    if claim.polarity == "denied":
        return f"{hearsay}no {act.removeprefix('an ').removeprefix('a ')}"
    return f"{hearsay}{act}{_where(claim)}{_harm(claim)}"


def _where(claim: Claim) -> str:
    place = claim.place.name or claim.place.text
    if claim.place.level == "country" and claim.place.text:
        place = claim.place.text
    if not place or claim.event.type in _OF_THE_TRUCE:
        return ""
    at = "at" if claim.place.level in ("site", "neighbourhood", None) else "in"
    return f" {at} {place}"


def _harm(claim: Claim) -> str:
    told: dict[str, str] = {}
    for count in claim.counts:
        if count.what in _UNNAMED_HURT and count_words(count):
            told.setdefault(count.what, f"{count_words(count)} {_UNNAMED_HURT[count.what]}")
    return f", {' and '.join(told.values())}" if told else ""


def _move(claim: Claim) -> str:
    told = [a for a in claim.actors if a.role == "mover"] or [a for a in claim.actors if a.role == "initiator"]
    movers = [actor.name or actor.text for actor in told]
    armed = [actor for actor in told if actor.kind in _FIGHTERS]
    who = _FIGHTERS[armed[0].kind] if armed else movers[0] if movers else "people"
    who = "fighters" if who.endswith("armed group") or who.endswith("opposition group") else who
    verb = load_rules().say_moves[claim.event.type]
    if claim.polarity == "denied" or any(c.best == 0 or c.high == 0 for c in claim.counts):
        nobody = "nobody else" if any("else" in c.text for c in claim.counts) else "nobody"
        return f"{nobody} {verb}"
    many = next((count_words(c) for c in claim.counts), "")
    return f"{many} {who} {verb}".strip()


def count_words(count: Count) -> str:
    """A number as the claim has it: "about 40", "up to 300", "at least 12", "several"."""
    if count.word and count.best is None:
        word = count.word.lower()
        return f"{word} of" if word.endswith(("hundreds", "thousands", "dozens")) else word
    if count.best is None:
        return f"up to {count.high}" if count.high is not None else f"at least {count.low}" if count.low else ""
    if count.low == count.best and count.high is None:
        return f"at least {count.best}"
    if count.low is None and count.high is None:
        return f"about {count.best}"
    whole = isinstance(count.best, int) or float(count.best).is_integer()
    return number(int(count.best)) if whole else str(count.best)


def when_words(hours: float) -> str:
    """Hours into a truce, rounded: "about two hours"."""
    if hours < 0.75:
        return "less than an hour"
    if hours < 1.5:
        return "about an hour"
    return f"about {number(round(hours))} hours" if hours < 36 else f"about {number(round(hours / 24))} days"


def length_words(hours: float) -> str:
    """A length: "eight hours", "one day", "three days"."""
    if hours >= 60 * 24:
        return f"about {number(round(hours / 730.5))} months"
    if hours % 24 == 0:
        days = int(hours // 24)
        return "one day" if days == 1 else f"{number(days)} days"
    if hours > 48:
        return f"about {number(round(hours / 24))} days"
    if hours == int(hours):
        return "one hour" if hours == 1 else f"{number(int(hours))} hours"
    return f"{round(hours * 60)} minutes"


def duration_words(duration: str) -> str:
    """An ISO 8601 duration in words; as it is where it has months or years."""
    hours = hours_of(duration)
    return length_words(hours) if hours else duration


def noun(case: Case) -> str:
    """What to call a truce: its plain noun, or its own wording where it is no plain truce."""
    if not case.instrument.labels:
        return "truce"
    core = case.instrument.first.kind.core
    if core in PLURALS:
        return core
    return re.sub(r"(?<=[a-z])s$", "", case.label) if core in _COUNTED else case.label


def with_article(words: str) -> str:
    """Words with "a" or "an"."""
    return f"{'an' if words[:1].lower() in 'aeio' else 'a'} {words}"


def named(name: str) -> str:
    """A name as prose has it: "the Government of Yemen", "Ansar Allah", "an armed opposition group"."""
    if name[:1].islower() and name.endswith(("group", "side", "party", "unit", "militia", "commander", "official")):
        return with_article(name)
    return f"the {name}" if _THE.search(name) else name


def joined(parts: Sequence[str]) -> str:
    """Parts as a list in prose: "a", "a and b", "a, b and c"."""
    kept = [part for part in parts if part]
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} and {kept[-1]}" if kept else ""
