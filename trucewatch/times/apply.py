"""Which time holds for an event: the one its clause tells, else the day being told, else none, with the reason.

Nothing falls back to the published date. A declaration, an agreement or a wish whose day the text does not tell
stays without one. Layer: times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from trucewatch.language.phrases import base, children
from trucewatch.model import Document, EventMention, Reading, Sentence, Time, TimeMention, Token, Unresolved
from trucewatch.times.anchors import as_time
from trucewatch.times.attach import attached
from trucewatch.times.frame import clause_of, frame_of, head_at
from trucewatch.times.moments import utc_of, zone_named
from trucewatch.times.reading import day_of
from trucewatch.times.running import STRONG, WEAK, Flow, told_day

#: Types that take a time only where one is told with them: their day need not be that of the fighting.
_OWN_TIME_ONLY = frozenset(
    [
        "truce_proposed",
        "truce_declared",
        "truce_accepted",
        "truce_extended",
        "truce_rejected",
        "truce_renounced",
        "agreement",
        "proposal",
        "talks",
        "mediation",
        "demand",
        "threat",
        "condemnation",
    ]
)
_UNREAL = frozenset(["planned", "demanded", "offered", "threatened", "hypothetical"])
_BLAME = frozenset(["accuse", "blame", "deny", "accusation", "denial", "refute", "dismiss"])
#: Types that the perfect tense tells as a sum of many days.
_SUMS = frozenset(["casualties", "displacement", "property_destruction", "return"])
_SO_FAR = re.compile(r"\b(?:since|so far|to date|already|in total|over the years)\b", re.IGNORECASE)
_CLOCK = ("hour", "minute", "part_of_day")


def time_for(doc: Document, event: EventMention, times: Sequence[TimeMention]) -> Time:
    """The time of an event; all null, with the reason, where the text tells none."""
    flow = Flow(frame_of(doc, None), times)
    start = event.trigger.span[0]
    k = flow.sentence_index(start)
    sentence = doc.sentence_at(start)
    if sentence is None or k < 0:
        return _untold(event)
    here = [t for t in flow.in_sentence(k) if not flow.of_writing(t)]
    own = attached(sentence, event.trigger.span, here)
    if own is not None:
        return as_time(own)
    if event.type in _OWN_TIME_ONLY:
        return _untold(event)
    if event.status in _UNREAL:
        told = [t for t in flow.in_sentence(k) if flow.strength(t) == STRONG]
        return _whole_day(told[0]) if told else _untold(event)
    if event.polarity == "denied" and (event.type or "").startswith("truce_"):
        return _untold(event)
    answered = _answered(flow, sentence, k, event)
    if answered is not None:
        return replace(as_time(answered), basis="narrative")
    return _carried(flow, sentence, k, event)


def _untold(event: EventMention, readings: Sequence[Reading] = ()) -> Time:
    why = f"no day is told for the {_noun(event)}"
    return Time(readings=list(readings), unresolved=Unresolved(missing=["start", "end"], why=why))


_NOUNS = {
    "truce_rejected": "rejection",
    "truce_declared": "declaration",
    "truce_accepted": "acceptance",
    "truce_proposed": "proposal",
    "truce_extended": "extension",
    "truce_renounced": "renunciation",
    "truce_started": "start",
    "truce_ended": "end",
    "truce_violated": "violation",
    "truce_disrupted": "disruption",
    "truce_obstructed": "obstruction",
}


def _noun(event: EventMention) -> str:
    kind = event.type or ""
    return _NOUNS.get(kind) or (kind.replace("_", " ") if kind else f'event "{event.trigger.text}"')


def _answered(flow: Flow, sentence: Sentence, k: int, event: EventMention) -> TimeMention | None:
    """The time of the happening that a blame or denial answers: the last hour told before it in its paragraph."""
    i = head_at(sentence, event.trigger.span)
    chain = [i]
    while chain[-1] >= 0 and sentence.tokens[chain[-1]].head not in chain:
        chain.append(sentence.tokens[chain[-1]].head)
    answers = event.type in ("accusation", "denial") or any(
        j >= 0 and sentence.tokens[j].lemma.lower() in _BLAME for j in chain
    )
    if not answers:
        return None
    for j in range(k - 1, -1, -1):
        if flow.paragraphs[j] != flow.paragraphs[k]:
            return None
        for time in reversed(flow.in_sentence(j)):
            if time.kind == "time" and time.precision in _CLOCK and time.start and time.end:
                return time
    return None


def _carried(flow: Flow, sentence: Sentence, k: int, event: EventMention) -> Time:
    """The day being told, unless the words tell of a time up to now or of background."""
    if flow.kinds[k] not in ("title", "summary") and _up_to_now(flow, sentence, event):
        return _untold(event)
    carrier = _background(flow, k) or flow.carrier(event.trigger.span[0])
    if carrier is None:
        return _untold(event)
    time = _whole_day(carrier)
    if flow.strength(carrier) == WEAK:
        why = f"{carrier.text} is told as the day of a saying or in passing; it can be that of the happening too"
        return _untold(event, [Reading(start=time.start, end=time.end, basis="narrative", why=why)])
    return time


def _up_to_now(flow: Flow, sentence: Sentence, event: EventMention) -> bool:
    """Whether the clause of an event is in the present, or tells a sum up to now ("have been killed so far")."""
    i = clause_of(sentence, head_at(sentence, event.trigger.span))
    if i < 0:
        return False
    helpers = _helpers(sentence, i)
    while not helpers and base(sentence.tokens[i].dep) == "conj" and sentence.tokens[i].xpos == "VBN":
        i = sentence.tokens[i].head
        helpers = _helpers(sentence, i)
    if any(t.xpos in ("VBD", "MD") for t in helpers):
        return False
    if any(t.lemma.lower() == "have" for t in helpers):
        summed = event.type in _SUMS or _SO_FAR.search(flow.doc.text, sentence.start, sentence.end)
        return bool(summed)
    if any(t.xpos in ("VBP", "VBZ") for t in helpers):
        return True
    return sentence.tokens[i].xpos in ("VBP", "VBZ") and not helpers


def _helpers(sentence: Sentence, i: int) -> list[Token]:
    return [sentence.tokens[c] for c in children(sentence, i) if base(sentence.tokens[c].dep) in ("aux", "cop")]


def _background(flow: Flow, k: int) -> TimeMention | None:
    """The month or year at the front of an earlier sentence of the paragraph, where no day was told since."""
    for j in range(k - 1, max(k - 3, -1), -1):
        if flow.paragraphs[j] != flow.paragraphs[k]:
            return None
        for time in reversed(flow.in_sentence(j)):
            if flow.strength(time):
                return None
            coarse = time.kind == "date" and time.precision in ("week", "month", "year") and time.start and time.end
            if coarse and flow.fronted(flow.doc.sentences[j], time):
                return time
    return None


def _whole_day(carrier: TimeMention) -> Time:
    """A time carried on: the day of its words, whatever hour they tell; basis narrative."""
    time = as_time(carrier)
    day = told_day(carrier)
    if day is None or carrier.precision not in _CLOCK:
        return replace(time, basis="narrative", duration=None)
    zone = zone_named(carrier.zone) if carrier.zone else None
    end = day.plus_days(1)
    readings = [_day_reading(r) for r in carrier.readings if r.start and day_of(r.start) != day]
    return replace(
        time, start=day.text(), end=end.text(), utc=utc_of(day, end, zone), precision="day", basis="narrative",
        readings=readings, duration=None,
    )  # fmt: skip


def _day_reading(other: Reading) -> Reading:
    day = day_of(other.start)
    return other if day is None else replace(other, start=day.text(), end=day.plus_days(1).text())
