"""Tensions in a text: words that do not sit well together, kept as notes over those words.

None is resolved here: the record keeps what is said, and the note tells a reader where to look twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.language import phrases
from trucewatch.model import Claim, Document, EventMention, Mentions, Note, Span
from trucewatch.truce.case import Case, actors_of
from trucewatch.truce.clock import hours_between
from trucewatch.truce.incidents import BREACHES
from trucewatch.truce.saying import length_words
from trucewatch.truce.sentences import sentence_span, word_at
from trucewatch.truce.tables import load_labels, load_rules
from trucewatch.truce.wording import phrase_hours

_HARMLESS = re.compile(
    r"\b(?:(?:over|above) (?:their|the|people[’']s|protesters[’']|demonstrators[’']) heads|"
    r"(?:in(?:to)?|up in) the air|"
    r"warning shots?|blank (?:rounds|shots)|without (?:aiming|hitting anyone)|rubber(?:-coated)? bullets?)\b",
    re.IGNORECASE,
)
_ARMED = ("state_forces", "rebel_group", "militia", "government")
_HURT = re.compile(
    r"\b(?:wound(?:ed|ing)|injur(?:ed|ing)|kill(?:ed|ing)|hurt(?:ing)?|dead|died|shot dead)\b", re.IGNORECASE
)
_NOBODY = re.compile(r"\b(?:nobody|no one|no-one|none|no|not|without|never)\b[^.!?]*$", re.IGNORECASE)
#: A length is said to differ from the hours announced where one is this many times the other.
_APART = 1.5


def find_tensions(doc: Document, claims: Sequence[Claim], mentions: Mentions) -> list[Note]:
    """The tensions in what a report claims, in text order."""
    notes = [*_harmless_fire(doc, claims), *_blame_above_the_body(doc, claims, mentions)]
    return sorted(notes, key=lambda note: note.span or (0, 0))


def _harmless_fire(doc: Document, claims: Sequence[Claim]) -> list[Note]:
    """Fire told as harmless ("over their heads") and people told as hurt by it in the same breath."""
    notes: dict[Span, Note] = {}
    for claim in claims:
        start, end = sentence_span(doc, claim.event.trigger.span[0])
        harmless = _HARMLESS.search(doc.text, start, end)
        if harmless is None:
            continue
        hurt = _hurt_after(doc, claims, harmless.end(), end)
        if hurt is None:
            continue
        span = (harmless.start(), hurt)
        message = f"“{harmless[0]}”, yet people are told as hurt by it"
        notes.setdefault(span, Note(level="warning", code="tension", message=message, span=span))
    return list(notes.values())


def _hurt_after(doc: Document, claims: Sequence[Claim], start: int, end: int) -> int | None:
    """Where the words of harm end, in the rest of the sentence or the sentence after it."""
    stop = sentence_span(doc, min(len(doc.text) - 1, word_at(doc.text, end)))[1]
    match = _HURT.search(doc.text, start, stop)
    counted = [
        c.span[1] for x in claims for c in x.counts if start <= c.span[0] < stop and c.what in ("killed", "wounded")
    ]
    if (
        match is None
        or _NOBODY.search(doc.text, start, match.start())
        or (not counted and match.start() > end and not _as_result(doc.text, end))
    ):
        return None
    return match.end()


def _as_result(text: str, at: int) -> bool:
    return bool(
        re.match(
            r"\W*(?:as (?:a )?result|because of|in consequence|consequently|several|some|"
            r"at least|\w+ (?:people|civilians))",
            text[at:],
            re.IGNORECASE,
        )
    )


def _blame_above_the_body(doc: Document, claims: Sequence[Claim], mentions: Mentions) -> list[Note]:
    """Title, summary or lead that lays an act on somebody in the outlet's own voice, where the body tells
    the act itself without saying who did it, or others dispute who did."""
    passive = [c for c in claims if _unblamed(doc, c)]
    for claim in claims:
        if claim.event.type not in BREACHES or claim.attribution.voice != "outlet":
            continue
        blamed = [actor for actor in claim.actors if actor.role == "initiator"]
        later = [c for c in passive if c.span[0] > claim.span[0] and c.truce == claim.truce]
        if blamed and later:
            return [_blame_note(doc, _act_span(claim.span, claim.event.trigger.span, doc), claims, later[0])]
    for event in mentions.events:
        span = _front_blame(doc, event, mentions)
        same = [c for c in passive if event.type in (c.event.type, *BREACHES)]
        if span is not None and same:
            return [_blame_note(doc, span, claims, same[0])]
    return []


def _unblamed(doc: Document, claim: Claim) -> bool:
    """Whether a claim of the body tells violence in the outlet's own voice and nobody who did it."""
    told = claim.event.type in load_rules().violence and claim.polarity == "affirmed"
    own = claim.attribution.voice == "outlet" and doc.part_at(claim.event.trigger.span[0]) == "body"
    return told and own and not actors_of(claim, "initiator", "party")


def _front_blame(doc: Document, event: EventMention, mentions: Mentions) -> Span | None:
    """The words of a title or summary that lay a violent act on an armed actor as its doer; None where it
    does not, or where another says so."""
    trigger = event.trigger.span
    sentence = doc.sentence_at(trigger[0])
    if sentence is None or doc.part_at(trigger[0]) not in ("title", "summary") or event.polarity == "denied":
        return None
    if event.type not in load_rules().violence and event.type not in BREACHES:
        return None
    told = any(
        a < trigger[1] and trigger[0] < b
        for saying in mentions.attributions
        if saying.content is not None
        for a, b in saying.content.spans
    )
    verb = phrases.token_at(sentence, trigger[0])
    if told or verb < 0:
        return None
    passive = phrases.is_passive(sentence, verb)
    doer = phrases.passive_agent(sentence, verb) if passive else phrases.subject(sentence, verb)
    at = sentence.tokens[doer].start if doer >= 0 else -1
    blamed = next((a for a in mentions.actors if a.span[0] <= at < a.span[1] and a.kind in _ARMED), None)
    if blamed is None:
        return None
    start = min(blamed.span[0], trigger[0])
    return _act_span((start, max(trigger[1], _end_of(doc, sentence.end))), trigger, doc)


def _end_of(doc: Document, end: int) -> int:
    """The end of a sentence without its closing marks and blanks."""
    while end > 0 and not doc.text[end - 1].isalnum():
        end -= 1
    return end


def _blame_note(doc: Document, span: Span, claims: Sequence[Claim], act: Claim) -> Note:
    where = doc.part_at(span[0])
    part = {"title": "the title", "summary": "the summary"}.get(where, "the lead")
    same = [c for c in claims if c.event.trigger.span == act.event.trigger.span and c is not act]
    denied = any(c.polarity == "denied" and c.event.type == act.event.type for c in claims)
    dispute = ", blamed on one side by another" if same else ""
    dispute += ", and denied" if denied else ""
    message = f"{part} lays it on somebody in the outlet's own voice; the body tells it in the passive{dispute}"
    return Note(level="warning", code="tension", message=message, span=span)


def _act_span(span: Span, trigger: Span, doc: Document) -> Span:
    """From who is blamed to the truce that is named as broken, or to the end of the words."""
    label = load_labels().pattern.search(doc.text, trigger[1], span[1])
    return span[0], label.end() if label else span[1]


def truce_tensions(case: Case) -> list[Note]:
    """Tensions in what is told of a truce: called one-day, announced for eight hours."""
    lengths = [hours_between(w.start, w.end) for w in case.windows if w.precision in ("minute", "hour")]
    told = next((length for length in lengths if length), None)
    notes: list[Note] = []
    for label in case.instrument.labels:
        if told is None or label.hours is None or label.part not in ("body", "title", "summary"):
            continue
        if max(label.hours, told) < _APART * min(label.hours, told) or told > label.hours:
            continue
        message = f"called {_called(case, label.phrase)}, announced for {length_words(told)}"
        notes.append(Note(level="info", code="tension", message=message, span=_from_length(case, label.phrase)))
    return notes[:1]


def _called(case: Case, phrase: Span) -> str:
    start, _ = _from_length(case, phrase)
    return case.doc.text[start : phrase[1]].split()[0]


def _from_length(case: Case, phrase: Span) -> Span:
    """The phrase from its length on: "one-day humanitarian pause"."""
    for match in re.finditer(r"\S+", case.doc.text[phrase[0] : phrase[1]]):
        if phrase_hours(f"{match[0]} ") is not None:
            return phrase[0] + match.start(), phrase[1]
    return phrase
