"""Quotations that go on: what stands in quotes before or after a saying belongs to its teller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from trucewatch.coding.speech_cues import RawSaying
from trucewatch.model import Document, Sentence, Span

#: Longest quotation that is followed, in characters, and the widest gap between quotation and saying.
LONGEST, GAP = 3000, 3
_CURLY = re.compile(r"“[^“”]{2,3000}”")
_STRAIGHT = re.compile(r'"[^"]{2,3000}"')

Found = tuple[Sentence, RawSaying]


def quotations(text: str) -> list[Span]:
    """The stretches in double quotes, marks included; straight marks pair within their paragraph."""
    spans = [match.span() for match in _CURLY.finditer(text)]
    for paragraph in re.finditer(r"[^\n]+", text):
        if text.count('"', *paragraph.span()) % 2 == 0:
            spans += [match.span() for match in _STRAIGHT.finditer(text, *paragraph.span())]
    return sorted(spans)


def with_quotes(doc: Document, found: Sequence[Found]) -> list[Found]:
    """The sayings with their quotations whole: over the sentence's end, and taken up again by the next sentence."""
    quotes = quotations(doc.text)
    if not quotes or not found:
        return list(found)
    widened = [(s, _whole(doc, s, saying, quotes)) for s, saying in found]
    return _taken_up(doc, widened, quotes)


def _whole(doc: Document, s: Sentence, saying: RawSaying, quotes: Sequence[Span]) -> RawSaying:
    """A saying whose content begins or ends inside a quotation that crosses its sentence, widened over that."""
    content = list(saying.content)
    for start, end in quotes:
        crosses = start < s.start < end or start < s.end < end
        if not crosses or end - start > LONGEST or any(start <= c[0] < end for c in (*saying.cue, *saying.source)):
            continue
        touching = [k for k, (a, b) in enumerate(content) if a < end and start < b]
        if touching:
            low = min(start, *(content[k][0] for k in touching))
            high = max(end, *(content[k][1] for k in touching))
            content = [c for k, c in enumerate(content) if k not in touching] + [(low, high)]
    return replace(saying, content=tuple(sorted(content)))


def _taken_up(doc: Document, found: Sequence[Found], quotes: Sequence[Span]) -> list[Found]:
    """The sayings, each with the quotation that stands alone in the sentence right after it."""
    done = list(found)
    spoken = [span for _, saying in found for span in saying.content]
    for quote in quotes:
        s = doc.sentence_at(quote[0])
        if s is None or any(a < quote[1] and quote[0] < b for a, b in spoken):
            continue
        if quote[0] - s.start > 1 or quote[1] < s.end - 2:
            continue
        teller = _teller_before(doc, done, quote)
        if teller is not None:
            sentence, saying = done[teller]
            done[teller] = (sentence, replace(saying, content=(*saying.content, quote)))
            spoken.append(quote)
    return done


def _teller_before(doc: Document, found: Sequence[Found], quote: Span) -> int | None:
    """The saying, with a quotation in it, that ends right before a quotation without a teller."""
    best: tuple[int, int] | None = None
    for k, (s, saying) in enumerate(found):
        last = max(s.end, *(b for _, b in saying.content))
        quoted = any(doc.text[a] in '“"' for a, _ in saying.content)
        if quoted and not saying.hearsay and 0 <= quote[0] - last <= GAP:
            best = max(best or (0, 0), (last, k))
    return best[1] if best else None
