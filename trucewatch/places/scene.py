"""The place of the running scene, for an event whose clause names none.

Layer: places. Imports only model, language.phrases and this folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.language.phrases import children, head_of_span, subject, token_at
from trucewatch.model import Document, EventMention, PlaceMention, Sentence
from trucewatch.places.attach import FROM, TO, armed_there, head_token, ties

_TRUCE_WORD = re.compile(r"^(?:cease-?fires?|truces?|pauses?|armistices?|cessation|lulls?|halt|agreement|deal)$", re.I)
_SHIFT = re.compile(
    r"^(?:elsewhere|separately|in other|in a separate|in another|last (?:week|month|year)|earlier|previously|since|"
    r"in recent|over the past|also on|according to a count|overall|in total|a day earlier|meanwhile)\b",
    re.I,
)
RANK = {
    level: i
    for i, level in enumerate(("site", "neighbourhood", "line", "settlement", "adm2", "adm1", "region", "country"))
}
_WAR = frozenset(["conflict", "war", "uprising", "crisis", "revolution", "insurgency", "violence", "hostilities"])
_LOCATOR = re.compile(
    r"^,?\s*(?:(?:\d[\d.,]*|in|of|near|outside|inside|at|just|some|about|close|not far|north|south|east|west|"
    r"north-?east|north-?west|south-?east|south-?west|on the outskirts)\b[^.;:]{0,28})?$",
    re.I,
)


def predicate(s: Sentence, event: EventMention) -> int:
    first = token_at(s, event.trigger.span[0])
    last = token_at(s, max(event.trigger.span[1] - 1, event.trigger.span[0]))
    return head_of_span(s, (first, last + 1)) if 0 <= first <= last else -1


def truce_area(doc: Document, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The first place that the text ties to a truce by name ("a pause in Taiz")."""
    for p in places:
        if p.kind != "place" or p.span is None or p.name is None:
            continue
        s = doc.sentence_at(p.span[0])
        head = head_token(s, p) if s is not None else -1
        if s is None or head < 0 or s.tokens[head].head < 0:
            continue
        above = s.tokens[s.tokens[head].head]
        if _TRUCE_WORD.match(above.text) and s.tokens[head].dep.startswith(("nmod", "compound", "obl")):
            return p
    return None


def scene_place(doc: Document, s: Sentence, event: EventMention, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place of the running scene: told earlier in the sentence, or in the two sentences before in its paragraph."""
    if event.status in ("hypothetical", "threatened") or _at_large(s, event):
        return None
    if re.search(r"\b(?:19|20)\d\d\b", doc.text[s.start : s.end]):
        return _last(doc, [p for p in places if p.span and s.start <= p.span[0] < event.trigger.span[0]])  # background
    at = event.trigger.span[0]
    if _SHIFT.match(doc.text[s.start : s.end]):
        return _last(doc, [p for p in places if p.span and s.start <= p.span[0] < at])
    window = _window(doc, s)
    return _last(doc, [p for p in places if p.span and window <= p.span[0] < at])


def _at_large(s: Sentence, event: EventMention) -> bool:
    """Whether an event is told of a whole war ("the conflict has killed 280,000"), which has no scene."""
    i = predicate(s, event)
    own = subject(s, i) if i >= 0 else -1
    if own >= 0 and s.tokens[own].lemma.lower() in _WAR:
        return True
    return i >= 0 and any(
        s.tokens[k].lemma.lower() in _WAR
        and any(s.tokens[c].text.lower() in ("since", "during", "in") for c in children(s, k))
        for k in children(s, i)
    )


def _window(doc: Document, s: Sentence) -> int:
    """Where the paragraph's last two sentences before `s` begin; a scene does not run over a shift."""
    n = doc.sentences.index(s)
    first = s.start
    for back in range(1, 3):
        if n - back < 0:
            break
        earlier = doc.sentences[n - back]
        gap = doc.text[earlier.end : first]
        if gap.count("\n") >= 2 or doc.part_at(earlier.start) != doc.part_at(s.start):
            break
        first = earlier.start
        if _SHIFT.match(doc.text[earlier.start : earlier.end]):
            break
    return first


def _last(doc: Document, found: Sequence[PlaceMention]) -> PlaceMention | None:
    """The last place of a scene: no country, no place inside words for people, none that is only a way."""
    for n in range(len(found) - 1, -1, -1):
        p = found[n]
        if n > 0 and locates(doc, found[n - 1], p):
            continue
        if p.kind != "place" or p.level == "country" or p.span is None or (p.name is None and p.level != "site"):
            continue
        s = doc.sentence_at(p.span[0])
        head = head_token(s, p) if s is not None else -1
        if s is None or head < 0:
            continue
        own = ties(s, s.tokens[head].head, [p]) if s.tokens[head].head >= 0 else []
        if any(t.marks & (FROM | TO) for t in own) or armed_there(s, head, p):
            continue
        return p
    return None


def locates(doc: Document, q: PlaceMention, p: PlaceMention) -> bool:
    """Whether a place only tells where the one before it lies ("Rityan, north of Aleppo")."""
    a, b = q.span or (0, 0), p.span or (0, 0)
    if q.kind != "place" or b[0] < a[1] or q.name == p.name:
        return False
    finer = RANK.get(q.level or "site", 0) <= RANK.get(p.level or "site", 0)
    return finer and bool(_LOCATOR.match(doc.text[a[1] : b[0]] + (p.text or "").partition(p.name or "-")[0]))
