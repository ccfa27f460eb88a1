"""Where the sentence of a word begins and ends, with a parse or without."""

from __future__ import annotations

import re

from trucewatch.model import Document, Span

_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[“\"‘'(]*[A-Z0-9])|\n")
#: How far a sentence is looked for where no parse tells it, in characters.
_REACH = 600


def word_at(text: str, at: int) -> int:
    """The first letter or digit at or after a code point."""
    while at < len(text) - 1 and not text[at].isalnum():
        at += 1
    return at


def sentence_span(doc: Document, offset: int) -> Span:
    """The span of the sentence around a code point: of the parse, else by full stops and line ends."""
    sentence = doc.sentence_at(offset)
    if sentence is not None:
        return sentence.start, sentence.end
    low, high = max(0, offset - _REACH), min(len(doc.text), offset + _REACH)
    start = max((m.end() for m in _END.finditer(doc.text, low, offset)), default=low)
    stop = _END.search(doc.text, offset, high)
    return start, stop.start() + 1 if stop else high
