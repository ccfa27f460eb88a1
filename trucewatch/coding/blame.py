"""Blame and denial: claims about a happening that was told before.

"The command blamed Houthi gunners in al-Hawban": the blamer's claim of the happening told last, with the blamed
as its initiator. "Sanaa denied that its fighters had fired": the denied act is that happening too, so what the
denial leaves unsaid (means, place, time) is taken from there. Each teller keeps a claim of his own (law 3).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trucewatch.coding.roles import blamed
from trucewatch.coding.tellers import attribution_of, blames
from trucewatch.language import phrases
from trucewatch.model import AttributionMention, Claim, Document, Mentions, Place, PlaceMention, Span, Time

#: Types that somebody can be blamed for or deny.
BLAMEABLE = (
    "attack", "shelling", "air_strike", "drone_strike", "missile_strike", "explosion", "suicide_bombing", "landmine",
    "shooting", "sniper_fire", "clash", "chemical_attack", "abduction", "execution", "casualties", "looting",
    "property_destruction", "truce_disrupted", "truce_violated", "aid_obstructed", "access_denied",
)  # fmt: skip
#: Words of a denial that do not tell what kind of act is denied ("had fired", "was behind the attack").
_VAGUE = ("attack", "shooting", "casualties", "clash")
#: How far back, in characters, the happening of a blame may have been told.
REACH = 1500


def take_up(doc: Document, drafts: Sequence[Claim], mentions: Mentions) -> list[Claim]:
    """The drafts, with denials completed from the happening they deny and a claim added for each blame."""
    completed = [_complete(draft, drafts) for draft in drafts]
    added = [
        claim
        for saying in mentions.attributions
        if blames(saying) and (claim := _blame(doc, saying, completed, mentions)) is not None
    ]
    return completed + added


def _antecedent(at: Span, drafts: Sequence[Claim]) -> Claim | None:
    """The blameable happening told last before `at`, affirmed, within reach."""
    before = [
        draft
        for draft in drafts
        if draft.event.type in BLAMEABLE
        and draft.polarity == "affirmed"
        and draft.status in ("happened", "ongoing")
        and draft.event.trigger.span[1] <= at[0]
        and at[0] - draft.event.trigger.span[1] <= REACH
    ]
    return max(before, key=lambda draft: draft.event.trigger.span, default=None)


def _complete(draft: Claim, drafts: Sequence[Claim]) -> Claim:
    """A denied act with what it leaves unsaid taken from the happening it denies."""
    if draft.polarity != "denied" or draft.event.type not in BLAMEABLE or draft.attribution.voice == "outlet":
        return draft
    told = _antecedent(draft.event.trigger.span, drafts)
    if told is None:
        return draft
    return replace(
        draft,
        event=replace(told.event, trigger=draft.event.trigger) if draft.event.type in _VAGUE else draft.event,
        means=draft.means or told.means,
        place=draft.place if draft.place.span and draft.place.span[0] >= draft.span[0] else told.place,
        places=draft.places or told.places,
        time=_carried(told.time),
    )


def _blame(doc: Document, saying: AttributionMention, drafts: Sequence[Claim], mentions: Mentions) -> Claim | None:
    if saying.content is None:
        return None
    span = (saying.content.spans[0][0], saying.content.spans[-1][1])
    if any(span[0] <= d.event.trigger.span[0] < span[1] and d.event.type in BLAMEABLE for d in drafts):
        return None  # the blame names the act itself ("accused X of shelling Y"): that draft is the claim
    told = _antecedent(saying.span, drafts)
    initiators = blamed(doc, span, mentions.actors)
    if told is None or not initiators:
        return None
    origin = next((place for place in mentions.places if place.kind == "place" and _inside(place.span, span)), None)
    return replace(
        told,
        polarity="affirmed",
        factuality=3.0,
        hedges=[],
        actors=initiators,
        counts=[],
        place=replace(told.place, from_=as_place(origin)) if origin is not None else told.place,
        time=_carried(told.time),
        attribution=attribution_of(saying, mentions),
        confidence=round(min(told.confidence, 0.9), 2),
        span=_own_span(doc, saying),
    )


def _own_span(doc: Document, saying: AttributionMention) -> Span:
    """The words of a blame alone: of "denied that ... and accused Y" the second half."""
    cue = saying.cue.spans[0] if saying.cue else saying.span
    s = doc.sentence_at(cue[0])
    i = phrases.token_at(s, cue[0]) if s is not None else -1
    if s is None or i < 0 or phrases.base(s.tokens[i].dep) != "conj":
        return saying.span
    return cue[0], saying.span[1]


def _inside(inner: Span | None, outer: Span) -> bool:
    return inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


def as_place(mention: PlaceMention) -> Place:
    """A place mention as the place of a claim: the same, without its id and kind."""
    return Place(**{name: getattr(mention, name) for name in Place.__struct_fields__})


def _carried(time: Time) -> Time:
    return replace(time, basis="narrative") if time.span else time
