"""The voice of a saying: named (a person, organisation, body or definite office), class, or hearsay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.speech_cues import RawSaying
from trucewatch.coding.speech_tables import SpeechTables
from trucewatch.model import ActorMention, Sentence, Token

Voice = Literal["outlet", "named", "class", "hearsay"]


def voice_of(s: Sentence, saying: RawSaying, actors: Sequence[ActorMention], tables: SpeechTables) -> Voice:
    """The voice by the words of the source; without a source it is hearsay, a teller left unsaid is named."""
    if saying.hearsay or not saying.source:
        return "hearsay" if saying.hearsay else "named"
    start, end = saying.source[0]
    held = [t for t in s.tokens if start <= t.start and t.end <= end]
    head = s.tokens[saying.source_token] if saying.source_token >= 0 else (held[-1] if held else None)
    if head is None:
        return "named"
    if _hearsay(head, held, tables):
        return "hearsay"
    if any(t.head == head.i and t.dep == "appos" and t.upos == "PROPN" for t in s.tokens):
        return "named"
    return "class" if _is_class(head, held, tables) else "named"


def _hearsay(head: Token, held: Sequence[Token], tables: SpeechTables) -> bool:
    """ "reports", "unconfirmed reports", "rumours": telling without a teller."""
    definite = any(t.text.lower() in ("the", "this", "its", "a") for t in held)
    named = any(t.upos == "PROPN" for t in held)
    return form_in(head, tables.hearsay_nouns) in tables.hearsay_nouns and not definite and not named


def _is_class(head: Token, held: Sequence[Token], tables: SpeechTables) -> bool:
    word = form_in(head, tables.class_nouns)
    if head.upos == "PRON":
        return word in ("they", "some", "many", "others", "someone", "we")
    if head.upos == "PROPN" and word not in tables.class_nouns:
        return False
    person = any(t.upos == "PROPN" and t.dep.startswith(("flat", "appos")) and t.head == head.i for t in held)
    if word not in tables.class_nouns or person:
        return False
    if word in tables.institutions and any(t.upos == "PROPN" for t in held):
        return False
    body = head.text.lower() == "authorities"
    plural = not body and (
        head.xpos in ("NNS", "NNPS") or (head.text.lower()[-1:] == "s" and head.text.lower() != word)
    )
    first = held[0].text.lower() if held else ""
    definite = (
        first in ("the", "this", "its", "his", "their")
        or "’s" in {t.text for t in held[:-1]}
        or "'s" in {t.text for t in held[:-1]}
    )
    proper = any(t.upos == "PROPN" for t in held)
    return plural or not (definite and (proper or word in tables.offices))
