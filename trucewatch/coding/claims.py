"""Join the mentions of one report into claims: one per happening, place and teller.

    drafts      every typed event with its roles, means, counts, place, time and teller
    told apart  a count that another teller gives makes a claim of its own
    blame       "X blamed Y", "Z denied that its fighters had fired" take up the happening told before
    joined      retellings of one happening by one teller become the fullest of them

A stage of plain functions; places and times come in as functions, so that this package imports neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from trucewatch.coding.blame import take_up
from trucewatch.coding.counts import consequence_counts, counts_for
from trucewatch.coding.events import codes, hedges_for
from trucewatch.coding.joining import join_retellings
from trucewatch.coding.means import means_for
from trucewatch.coding.role_tables import VIOLENT
from trucewatch.coding.roles import as_role, is_casualty, roles_for
from trucewatch.coding.speech import attribution_for
from trucewatch.coding.tellers import attribution_of, blames, plain_name, source_of
from trucewatch.language import phrases
from trucewatch.model import (
    Attribution,
    AttributionMention,
    Claim,
    ClaimPlace,
    Count,
    Document,
    Event,
    EventMention,
    Means,
    Mentions,
    Place,
    Sentence,
    Span,
    Time,
    pieces,
)


@dataclass(frozen=True, slots=True)
class Finders:
    """What a claim needs from the stages beside coding: where and when an event is told to be."""

    means: Sequence[Means]
    place_for: Callable[[EventMention], tuple[ClaimPlace, list[Place]]]
    time_for: Callable[[EventMention], Time]


def build_claims(doc: Document, mentions: Mentions, finders: Finders) -> list[Claim]:
    """The claims of a report in the order of their words, with ids; truce links are set later."""
    drafts: list[Claim] = []
    for event in mentions.events:
        if event.type is not None and not _dates_another(event, mentions):
            drafts.extend(_told_apart(doc, _draft(doc, event, mentions, finders), mentions))
    drafts = take_up(doc, drafts, mentions)
    claims = sorted(join_retellings(doc, drafts), key=lambda claim: (claim.span, claim.event.trigger.span))
    return _with_ids(doc, claims)


def _dates_another(event: EventMention, mentions: Mentions) -> bool:
    """Whether an event only dates another one ("an hour after the start of the ceasefire")."""
    return any(time.span and time.span[0] < event.span[0] and event.span[1] <= time.span[1] for time in mentions.times)


def _draft(doc: Document, event: EventMention, mentions: Mentions, finders: Finders) -> Claim:
    if event.type is None:
        raise ValueError(f"the event {event.text!r} at {event.span} has no type, so it makes no claim")
    place, places = finders.place_for(event)
    told = _with_consequences(doc, event, mentions.events)
    acled, plover = codes(event.type)
    claim = Claim(
        id="",
        event=Event(type=event.type, acled=acled, plover=plover, trigger=event.trigger),
        status=event.status,
        polarity=event.polarity,
        factuality=event.factuality,
        hedges=hedges_for(doc, event),
        actors=roles_for(doc, event, mentions.actors, told[1:]),
        means=means_for(doc, event, finders.means),
        place=place,
        places=places,
        time=finders.time_for(event),
        counts=[_as_moved(count, event.type) for count in _counts(doc, told, mentions)],
        attribution=_attribution(doc, event, mentions),
        span=event.trigger.span,
    )
    claim = _with_announcer(claim, mentions)
    return replace(claim, span=claim_span(doc, event.trigger.span, mentions), confidence=confidence(claim))


ANNOUNCED = ("truce_declared", "truce_extended", "truce_ended", "truce_proposed", "corridor_opened")
_ANNOUNCE = ("announc", "declar", "order", "proclaim", "decree")


def _with_announcer(claim: Claim, mentions: Mentions) -> Claim:
    """Who announces a truce or its extension is the announcer, also where the act stands in what he says."""
    source, cue = claim.attribution.source, claim.attribution.cue
    if claim.event.type not in ANNOUNCED or source is None or cue is None or claim.attribution.voice != "named":
        return claim
    if any(a.role == "announcer" for a in claim.actors) or not cue.text.lower().startswith(_ANNOUNCE):
        return claim
    actor = next((a for a in mentions.actors if a.span[0] <= source.span[0] and source.span[1] <= a.span[1]), None)
    return claim if actor is None else replace(claim, actors=[as_role(actor, "announcer"), *claim.actors])


def _attribution(doc: Document, event: EventMention, mentions: Mentions) -> Attribution:
    """Who tells an event: who says it, else who blames somebody for it ("X accused Y of shelling Z")."""
    found = attribution_for(doc, event, mentions.attributions, mentions.actors)
    if found.voice == "outlet":
        a, b = event.trigger.span
        laid = [m for m in mentions.attributions if blames(m) and m.span[0] < a and b <= m.span[1] and m.source]
        if laid and not any(m.cue and m.cue.spans[0] == event.trigger.span for m in laid):
            found = attribution_of(min(laid, key=lambda m: m.span[1] - m.span[0]), mentions)
        elif not laid:
            found = _by_blame(doc, event, mentions) or found
    return _named_source(found)


def _by_blame(doc: Document, event: EventMention, mentions: Mentions) -> Attribution | None:
    """The blamer as the teller, where the act is what he blames somebody for."""
    s = doc.sentence_at(event.trigger.span[0])
    i = phrases.token_at(s, event.trigger.span[0]) if s is not None else -1
    if s is None or i < 0:
        return None
    cue = next((j for j in phrases.path_up(s, i)[1:3] if s.tokens[j].lemma in ("accuse", "blame")), -1)
    subject = phrases.subject(s, cue) if cue >= 0 else -1
    if subject < 0:
        return None
    a, b = phrases.phrase_span(s, subject)
    source = pieces(doc.text, [(s.tokens[a].start, s.tokens[b - 1].end)])
    told = [j for j in phrases.subtree(s, cue) if j > cue and s.tokens[j].upos != "PUNCT"]
    content = pieces(doc.text, [(s.tokens[told[0]].start, s.tokens[told[-1]].end)])
    cue_words = pieces(doc.text, [(s.tokens[cue].start, s.tokens[cue].end)])
    return Attribution(voice="named", source=source_of(source, mentions), cue=cue_words, content=content)


def _named_source(attribution: Attribution) -> Attribution:
    """The attribution with a name for every teller, if need be his own words."""
    source = attribution.source
    if source is not None and source.name is None:
        source = replace(source, name=plain_name(source.text))
    chain = [replace(link, name=link.name or plain_name(link.text)) for link in attribution.chain]
    return replace(attribution, source=source, chain=chain)


def _counts(doc: Document, events: Sequence[EventMention], mentions: Mentions) -> list[Count]:
    """The counts of an event and of what it led to, each once, in the order of their words."""
    found: list[Count] = []
    for event in events:
        found += counts_for(doc, event, mentions.counts)
    found += consequence_counts(doc, events[0], mentions.counts)
    by_span = {count.span: _plain(count) for count in reversed(found)}
    return [by_span[span] for span in sorted(by_span)]


def _with_consequences(doc: Document, event: EventMention, events: Sequence[EventMention]) -> list[EventMention]:
    """The event, and the casualty verbs of its sentence that are no claims of their own and belong to it.

    "Shells struck a hospital, killing four": the killing is what the striking led to. It belongs to the violent
    event told last before it, or to the first one after it.
    """
    s = doc.sentence_at(event.trigger.span[0])
    if s is None or event.type not in VIOLENT:
        return [event]
    here = [e for e in events if s.start <= e.span[0] < s.end]
    violent = [e for e in here if e.type in VIOLENT]
    led = []
    for other in here:
        i = phrases.token_at(s, other.trigger.span[0])
        if other.type is None and i >= 0 and s.tokens[i].upos == "VERB" and is_casualty(s, i):
            before = [e for e in violent if e.span < other.span]
            if (before[-1] if before else violent[0]) is event:
                led.append(other)
    return [event, *led]


#: What those are counted as who move, by the type of the movement.
MOVED = {
    "movement_gathered": "gathered",
    "movement_arrived": "arrived",
    "movement_asked": "asked",
    "movement_crossed": "crossed",
    "movement_left": "left",
}


def _as_moved(count: Count, type: str) -> Count:
    """A count of people on the move, counted as the claim's type tells ("came together" are gathered)."""
    if type not in MOVED or count.what not in MOVED.values():
        return count
    return replace(count, what=MOVED[type])


def _plain(count: Count) -> Count:
    """A count mention as a claim's count: the same, without its id."""
    return Count(
        span=count.span, text=count.text, what=count.what, who=count.who,
        low=count.low, best=count.best, high=count.high, word=count.word, per=count.per,
    )  # fmt: skip


def claim_span(doc: Document, trigger: Span, mentions: Mentions) -> Span:
    """The words that a claim as a whole rests on: the clause of its trigger, up to who tells it.

    Clauses beside it that tell of another typed event are left out.
    """
    s = doc.sentence_at(trigger[0])
    i = phrases.token_at(s, trigger[0]) if s is not None else -1
    if s is None or i < 0:
        return trigger
    others = {phrases.token_at(s, span[0]) for span in _told_beside(s, trigger, mentions)}
    top = _clause_head(s, i)
    apart: set[int] = set()
    for c in phrases.subtree(s, top):
        token = s.tokens[c]
        if c != top and phrases.base(token.dep) in _APART and token.upos in ("VERB", "AUX", "ADJ", "NOUN"):
            below = phrases.subtree(s, c)
            if i not in below and others & set(below):
                apart.update(below)
    kept = [c for c in phrases.subtree(s, top) if c not in apart]
    while (
        kept
        and kept[-1] > i
        and s.tokens[kept[-1]].upos in ("PUNCT", "CCONJ")
        and s.tokens[kept[-1]].text not in _CLOSING
    ):
        kept.pop()
    while (
        kept and kept[0] < i and s.tokens[kept[0]].upos in ("PUNCT", "CCONJ") and s.tokens[kept[0]].text not in _OPENING
    ):
        kept.pop(0)
    return min(trigger[0], s.tokens[kept[0]].start), max(trigger[1], s.tokens[kept[-1]].end)


def _told_beside(s: Sentence, trigger: Span, mentions: Mentions) -> list[Span]:
    """Where the sentence tells something else: typed events that date nothing, and cues of what others say."""
    events = [e for e in mentions.events if s.start <= e.span[0] < s.end]
    spans = [e.span for e in events if e.type and e.trigger.span != trigger and not _dates_another(e, mentions)]
    for saying in mentions.attributions:
        pieces = saying.content.spans if saying.content else []
        tells = any(a <= trigger[0] and trigger[1] <= b for a, b in pieces)
        if saying.cue is not None and not tells and s.start <= saying.span[0] < s.end:
            spans += saying.cue.spans
    return [span for span in spans if not (span[0] <= trigger[0] < span[1])]


_APART = ("conj", "advcl", "parataxis", "acl", "appos")
_CLOSING = ("”", "’", '"', ")", "]")
_OPENING = ("“", "‘", '"', "(", "[")


def _clause_head(s: Sentence, i: int) -> int:
    """The token that heads the clause of a trigger, with the verb of saying above it."""
    for at in phrases.path_up(s, i):
        dep = phrases.base(s.tokens[at].dep)
        verbal = s.tokens[at].upos in ("VERB", "AUX") or phrases.children_with(s, at, "nsubj", "cop")
        if dep == "root" or (dep in ("conj", "acl", "advcl", "parataxis") and verbal):
            return at
    return i


#: What the coder is less sure of costs this much of its confidence; calibrated figures are a later matter.
DOUBTS: dict[str, float] = {
    "hedged": 0.08,
    "place open": 0.04,
    "time open": 0.04,
    "nobody named": 0.05,
    "summary or title": 0.15,
    "not a plain happening": 0.06,
}


def confidence(claim: Claim) -> float:
    """The coder's own sureness, 0..1: a start of 0.97 less what is doubtful about the reading."""
    doubts = {
        "hedged": bool(claim.hedges),
        "place open": claim.place.span is None,
        "time open": claim.time.start is None and claim.time.end is None,
        "nobody named": not claim.actors,
        "not a plain happening": claim.status not in ("happened", "calm"),
    }
    return round(0.97 - sum(DOUBTS[name] for name, holds in doubts.items() if holds), 2)


def _told_apart(doc: Document, claim: Claim, mentions: Mentions) -> list[Claim]:
    """The claim, and one more for each other teller who gives a count of it in passing.

    "Several hundreds (according to pro-government sources, up to 2,500) gathered": two tellers, two claims.
    """
    others: dict[Span, list[Count]] = {}
    tellers: dict[Span, AttributionMention] = {}
    for count in claim.counts:
        saying = _own_saying(count, claim, mentions.attributions)
        if saying is not None:
            others.setdefault(saying.span, []).append(count)
            tellers[saying.span] = saying
    if not others:
        return [claim]
    moved = [count for counts in others.values() for count in counts]
    kept = replace(claim, counts=[count for count in claim.counts if count not in moved])
    apart = []
    for key, counts in sorted(others.items()):
        attribution = attribution_of(tellers[key], mentions)
        other = replace(claim, counts=counts, attribution=attribution, hedges=[])
        apart.append(replace(other, span=(min(key[0], counts[0].span[0]), max(key[1], counts[-1].span[1]))))
    return [kept, *apart]


def _own_saying(count: Count, claim: Claim, sayings: Sequence[AttributionMention]) -> AttributionMention | None:
    """The innermost saying that holds the count but not the trigger of the claim."""
    trigger = claim.event.trigger.span
    holding = [
        saying
        for saying in sayings
        if saying.content
        and any(a <= count.span[0] and count.span[1] <= b for a, b in saying.content.spans)
        and not any(a <= trigger[0] and trigger[1] <= b for a, b in saying.content.spans)
    ]
    return min(holding, key=lambda saying: saying.span[1] - saying.span[0], default=None)


def _with_ids(doc: Document, claims: Sequence[Claim]) -> list[Claim]:
    """Claims with stable ids: a hash of the report's id and of what tells the claims of one report apart."""
    seen: dict[str, int] = {}
    done = []
    for claim in claims:
        source = claim.attribution.source
        key = "|".join(
            str(x)
            for x in (
                doc.report.id,
                claim.event.type,
                claim.event.trigger.span,
                claim.polarity,
                source.span if source else None,
                claim.span,
            )
        )
        seen[key] = seen.get(key, 0) + 1
        name = key if seen[key] == 1 else f"{key}|{seen[key]}"
        done.append(replace(claim, id="c" + hashlib.sha256(name.encode()).hexdigest()[:16]))
    return done
