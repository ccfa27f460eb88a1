"""Which wordings name one truce, and which name two.

The wordings are read in text order; each joins the instrument told before it unless something tells the two
apart: another owner, another reach, another date, another type of thing that stops, or words such as
"another" and "previous". One pause under three labels is one truce; a UN plan renounced while it runs is
another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trucewatch.model import Claim, Document, Mentions, PlaceMention, Span, Words, words
from trucewatch.truce.clock import before
from trucewatch.truce.sentences import sentence_span
from trucewatch.truce.tables import LabelKind, load_labels
from trucewatch.truce.wording import Label, find_labels, inside, owner_tokens

#: Types of things that stop which are instruments of their own beside any other.
APART = (
    "air_strike_halt",
    "energy_strike_halt",
    "de_escalation_zone",
    "corridor_only",
    "day_of_tranquillity",
)
#: Claims that speak of a truce as such.
TRUCE_TYPES = (
    "truce_proposed", "truce_declared", "truce_accepted", "truce_started", "truce_extended", "truce_ended",
    "truce_rejected", "truce_renounced", "truce_violated", "truce_disrupted", "truce_obstructed",
)  # fmt: skip
#: Claims of a will, which may point at a plan that bears no label of a truce.
WILLED = ("truce_rejected", "truce_renounced", "truce_accepted", "truce_proposed", "truce_ended")
#: Nouns of truces; a plan that bears none is for something else.
CORES = frozenset(
    {
        "pause",
        "window",
        "ceasefire",
        "truce",
        "armistice",
        "cessation",
        "suspension",
        "regime",
        "lull",
        "moratorium",
    }
)
#: How far off, in characters, the truce may be named of which a claim speaks without naming it.
FAR = 1500
REACH = {
    "truce_violated": 300,
    "truce_disrupted": 300,
    "truce_accepted": 600,
    "truce_obstructed": 600,
    "truce_rejected": 400,
}
_ANEW = re.compile(
    r"\b(?:an?|another|purported|similar)\s+(?:[\w-]+\s+){0,2}(?:deal|agreement|accord|pact)\b", re.IGNORECASE
)
_PLAN = re.compile(
    r".*\b(?:the|a|an|this|that|another|its|their)\s+((?:[\w.’'-]+\s+){0,4}?)$", re.IGNORECASE | re.DOTALL
)


@dataclass(slots=True)
class Instrument:
    """One truce as the text names it; `claims` are those that speak of it as a truce."""

    labels: list[Label] = field(default_factory=list)
    trigger: Words | None = None  # a truce that is told without any name
    claims: list[Claim] = field(default_factory=list)
    past: bool = False

    @property
    def owners(self) -> frozenset[str]:
        """Whose it is, over all its wordings."""
        return frozenset().union(*(label.owners for label in self.labels))

    @property
    def type(self) -> str | None:
        """What the text calls it: the type of its first wording in the body."""
        return self.first.kind.type if self.labels else None

    @property
    def first(self) -> Label:
        """The first wording in the body, or the first anywhere where the body names it nowhere."""
        return next((label for label in self.labels if _told(label)), self.labels[0])

    @property
    def areas(self) -> list[PlaceMention]:
        """The places that its wordings carry, in text order."""
        return [label.area for label in self.labels if label.area is not None]

    @property
    def wide(self) -> bool:
        """Whether it is told to hold for a whole country."""
        return any(label.wide for label in self.labels)

    @property
    def proposed(self) -> bool:
        """Whether every wording presents it as a plan."""
        return bool(self.labels) and all(label.proposed for label in self.labels)

    def label_words(self) -> list[Words]:
        """The first wording of each distinct label; those of the body where it has any."""
        pool = [label for label in self.labels if _told(label)] or self.labels
        seen: dict[str, Words] = {}
        for label in pool:
            seen.setdefault(_key(label.text), Words(span=label.span, text=label.text))
        if not seen and self.trigger is not None:
            return [self.trigger]
        return list(seen.values())


def _told(label: Label) -> bool:
    return label.part in ("body", "caption")


def _key(text: str) -> str:
    return re.sub(r"[\s-]+", "", text.lower()).rstrip("s")


def find_instruments(doc: Document, claims: Sequence[Claim], mentions: Mentions) -> list[Instrument]:
    """The truces that the report names, in text order, each with the claims that speak of it.

    Claims about a truce that name none are given to the one named last before them; where none is named at
    all, the words of the first such claim name it.
    """
    about = [claim for claim in claims if claim.event.type in TRUCE_TYPES]
    labels = find_labels(doc, mentions, [claim.span for claim in about])
    labels = _with_plans(doc, labels, about)
    instruments = group_labels(labels)
    at_large = [label for label in labels if all(label not in one.labels for one in instruments)]
    for claim in about:
        _give(doc, claim, instruments, at_large)
    return [one for one in instruments if one.claims or not _passing(one)]


def group_labels(labels: Sequence[Label]) -> list[Instrument]:
    """The wordings as instruments, in the order in which the body names them first."""
    instruments: list[Instrument] = []
    for label in _reading_order(labels):
        _join(label, instruments)
    return instruments


def _reading_order(labels: Sequence[Label]) -> list[Label]:
    """The body first: title and summary join what it tells."""
    return sorted(labels, key=lambda label: (not _told(label), label.span))


def _passing(instrument: Instrument) -> bool:
    """Whether a truce is only named in passing: generic, past or merely wished for."""
    return all(label.generic or label.proposed or label.past for label in instrument.labels)


def _join(label: Label, instruments: list[Instrument]) -> None:
    """Put a wording with the instrument that it names, or begin one."""
    if label.generic and instruments:
        return  # "despite several truces": no one truce is meant
    pool = [(i, one) for i, one in enumerate(instruments) if not differs(label, one)]
    best = min(pool, key=lambda pair: _rank(label, pair[1], pair[0]), default=None)
    if best is None or (label.other and not label.definite and _told(label)):
        instruments.append(Instrument(labels=[label], past=label.past))
        return
    best[1].labels.append(label)
    best[1].labels.sort(key=lambda each: each.span)


def _rank(label: Label, instrument: Instrument, index: int) -> tuple[bool, bool, bool, int]:
    """How readily a wording joins an instrument: a running one before a past or planned one, one of its own
    noun before another, a later one before an earlier."""
    nouns = {one.kind.core for one in instrument.labels}
    planned = instrument.proposed and not label.proposed
    return instrument.past and not label.past, planned, label.kind.core not in nouns, -index


def differs(label: Label, instrument: Instrument) -> bool:
    """Whether something tells the wording apart from the instrument."""
    known = instrument.labels
    if not known:
        return False
    return (
        _types_differ(label, instrument)
        or (label.past and not label.definite and not instrument.past)
        or (instrument.past and label.definite and not label.past and not _told_last(label, instrument))
        or bool(label.owners and instrument.owners and not label.owners & instrument.owners)
        or _reach_differs(label, instrument)
        or _dates_differ(label, known)
        or _lengths_differ(label, known)
        or _plan_apart(label, instrument)
    )


def _told_last(label: Label, instrument: Instrument) -> bool:
    return 0 <= label.span[0] - instrument.labels[-1].span[1] < 300


def _types_differ(label: Label, instrument: Instrument) -> bool:
    ours = {one.kind.type for one in instrument.labels}
    apart = {kind for kind in ours if kind in APART}
    if label.kind.type in APART:
        return label.kind.type not in ours
    return bool(apart) and label.kind.core not in {one.kind.core for one in instrument.labels}


def _reach_differs(label: Label, instrument: Instrument) -> bool:
    if label.wide != instrument.wide and (label.local or instrument.areas or any(x.local for x in instrument.labels)):
        return (label.wide and not label.area) or (instrument.wide and (label.local or _small(label.area)))
    if label.area is None or not instrument.areas or label.definite:
        return False
    return not any(_overlap(label.area, area) for area in instrument.areas)


def _small(place: PlaceMention | None) -> bool:
    return place is not None and place.level in ("site", "neighbourhood", "settlement", "adm2", "adm1")


def _overlap(one: PlaceMention, other: PlaceMention) -> bool:
    if one.name is None or other.name is None or one.name == other.name:
        return True
    return one.name in {w.name for w in other.within} or other.name in {w.name for w in one.within}


def _dates_differ(label: Label, known: Sequence[Label]) -> bool:
    """Whether both carry dates that do not overlap, months apart or of different days."""
    dates = [one.date for one in known if one.date is not None]
    if label.date is None or not dates:
        return False
    ours = label.date
    return all(
        before(ours.end, theirs.start) is True or before(theirs.end, ours.start) is True for theirs in dates
    ) and (not label.definite or label.date.precision in ("month", "year"))


def _lengths_differ(label: Label, known: Sequence[Label]) -> bool:
    lengths = {one.hours for one in known if one.hours is not None}
    return label.hours is not None and bool(lengths) and label.hours not in lengths and not label.definite


def _plan_apart(label: Label, instrument: Instrument) -> bool:
    """Whether a plan introduced anew stands beside a truce that is told to run, or the other way round."""
    if instrument.proposed and not label.proposed:
        return label.hours is not None and not label.definite
    if not label.proposed or label.definite or instrument.proposed:
        return False
    return label.other or bool(label.owners) or label.wide or label.kind.core not in CORES


def _with_plans(doc: Document, labels: list[Label], about: Sequence[Claim]) -> list[Label]:
    """The labels, with a wording for each plan that a claim of a will points at without any label."""
    found = list(labels)
    for claim in about:
        if claim.event.type not in WILLED:
            continue
        noun = _plan_noun(doc, claim, found)
        plan = _plan(doc, noun) if noun is not None else None
        if plan is not None:
            found.append(plan)
    return sorted(found, key=lambda label: label.span)


def _plan_noun(doc: Document, claim: Claim, labels: Sequence[Label]) -> Span | None:
    """The plan that a claim of a will is about: the first after its verb, else before it, unless a truce is
    named there itself ("the ceasefire plan", "a plan for a truce")."""
    table = load_labels()
    trigger, (start, end) = claim.event.trigger.span, claim.span
    named = [label.span for label in labels if inside(label.span, claim.span)]
    after = table.nouns.search(doc.text, trigger[1], max(trigger[1], end))
    match = after or table.nouns.search(doc.text, start, max(start, trigger[0]))
    if match is None:
        return None
    beside = [span for span in named if after is None or trigger[1] <= span[0] < match.end() + 60]
    return None if beside else match.span()


def _plan(doc: Document, noun: Span) -> Label | None:
    """A wording for a plan that has an owner or an aim of its own; "the deal" alone is the truce told before
    it."""
    table = load_labels()
    match = _PLAN.search(doc.text[max(0, noun[0] - 60) : noun[0]])
    modifiers = match[1] if match else ""
    owners = owner_tokens(modifiers) | frozenset(word.lower() for word in table.owners.findall(modifiers))
    if not owners and table.aim.match(doc.text, noun[1]) is None:
        return None
    span = (noun[0] - len(modifiers), noun[1])
    kind = doc.text[slice(*noun)].lower()
    return Label(
        span=span, text=doc.text[span[0] : span[1]], kind=LabelKind(re.sub(r"\s+", "_", kind), kind, True),
        part=doc.part_at(span[0]), definite=False, generic=False, proposed=True, other=False, past=False,
        wide=False, local=False, owners=owners, hours=None, phrase=span,
    )  # fmt: skip


def _give(doc: Document, claim: Claim, instruments: list[Instrument], at_large: Sequence[Label]) -> None:
    """Give a claim about a truce to the instrument whose wording it holds, or that was told last before it;
    to none where its words speak of truces at large, or of a deal that is introduced anew."""
    if not instruments:
        instruments.append(Instrument(trigger=words(doc.text, claim.event.trigger.span)))
    sentence = sentence_span(doc, claim.event.trigger.span[0])
    best = min(instruments, key=lambda one: _distance(claim, sentence, one))
    rank, gap = _distance(claim, sentence, best)
    elsewhere = min((_gap(claim, label) for label in at_large if inside(label.span, sentence)), default=None)
    if elsewhere is not None and (rank > 0 or elsewhere < gap):
        return
    if rank > 0 and claim.event.type in WILLED and _ANEW.search(doc.text, *sentence):
        return
    if rank == 0 or best.trigger is not None or gap <= REACH.get(claim.event.type, FAR):
        best.claims.append(claim)


def _gap(claim: Claim, label: Label) -> int:
    """Characters between a claim's trigger and a wording."""
    trigger = claim.event.trigger.span
    return trigger[0] - label.span[1] if label.span[1] <= trigger[0] else max(0, label.span[0] - trigger[1])


def _distance(claim: Claim, sentence: Span, instrument: Instrument) -> tuple[int, int]:
    """How near an instrument is named: after the claim's trigger in its sentence, in the claim, before it,
    after it."""
    trigger = claim.event.trigger.span
    ranks: list[tuple[int, int]] = []
    for label in instrument.labels:
        behind, gap = label.span[1] <= trigger[0], _gap(claim, label)
        if inside(label.span, claim.span) or inside(label.span, sentence):
            # What is declared or broken stands after its verb more often than before it.
            ranks.append((0, gap + (100 if behind else 0)))
        elif behind:
            ranks.append((1 + 2 * instrument.past + label.proposed, gap))
        else:
            ranks.append((5, gap))
    return min(ranks, default=(4, 0))


def main_instrument(instruments: Sequence[Instrument]) -> Instrument | None:
    """The truce that the report is about: the one with most claims and wordings that is not past or a mere
    plan."""
    live = [one for one in instruments if not one.past and not one.proposed] or list(instruments)
    return max(live, key=lambda one: len(one.claims) + len(one.labels), default=None)
