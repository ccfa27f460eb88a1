"""From sets of tokens to the stretches of text that a saying holds: pieces, trimmed of loose punctuation."""

from __future__ import annotations

from collections.abc import Collection

from trucewatch.language.phrases import base, children, conjuncts, phrase_span, subtree
from trucewatch.model import Sentence, Span

_OPENING = "“\"‘'«„(["
_CLOSING = {"”": "“„", '"': '"', "’": "‘", "'": "'", "»": "«", ")": "(", "]": "["}
_LOOSE = ",;:.–—-…!?"
#: Words of a time, one of which a short adverbial without a preposition holds ("Last month,", "The day before,").
_TIMES = frozenset(
    [
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "morning",
        "evening",
        "night",
        "afternoon",
        "noon",
        "midnight",
        "dawn",
        "hour",
        "hours",
        "minute",
        "minutes",
        "yesterday",
        "today",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "weekend",
    ]
)
#: What a source's phrase does not hold: clauses, inserts, and what a bad parse hung on it.
_NOT_SOURCE = (
    "acl",
    "advcl",
    "parataxis",
    "ccomp",
    "punct",
    "cc",
    "conj",
    "discourse",
    "appos",
    "dep",
    "list",
)


def spans_of(text: str, s: Sentence, tokens: Collection[int]) -> tuple[Span, ...]:
    """The stretches that tokens cover, neighbours joined, loose punctuation trimmed, empty ones left out."""
    spans: list[Span] = []
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    for run in runs:
        span = trimmed(text, (s.tokens[run[0]].start, s.tokens[run[-1]].end))
        if span is not None and any(c.isalnum() for c in text[span[0] : span[1]]):
            spans.append(span)
    return tuple(spans)


def trimmed(text: str, span: Span) -> Span | None:
    """A stretch without loose punctuation and blanks at its edges; quotes stay where both stand in it."""
    start, end = span
    while start < end:
        first, last = text[start], text[end - 1]
        if first.isspace() or first in _LOOSE:
            start += 1
        elif (
            last.isspace()
            or (last in _LOOSE and not _quoted_end(text, start, end))
            or (last in _CLOSING and not _opened(text, start, end - 1, last))
        ):
            end -= 1
        elif first in ")]”»" or (first in "([" and not _closed(text, start, end)):
            start += 1
        else:
            return start, end
    return None


def _quoted_end(text: str, start: int, end: int) -> bool:
    """Whether the last sign belongs to an abbreviation such as "U.N." """
    return text[end - 1] == "." and end - start >= 3 and text[end - 3] == "." and text[end - 2].isalpha()


def _opened(text: str, start: int, end: int, sign: str) -> bool:
    """Whether a closing sign is opened in the stretch; an apostrophe of a plural stays too."""
    if sign in "'’" and end > start and text[end - 1] in "sS":
        return True
    return any(opener in text[start:end] for opener in _CLOSING[sign])


def _closed(text: str, start: int, end: int) -> bool:
    return (")" if text[start] == "(" else "]") in text[start + 1 : end]


def source_tokens(s: Sentence, i: int) -> list[int]:
    """The tokens of a source: its noun phrase with its complements and joined names, without clauses."""
    nominal = ("NOUN", "PROPN", "PRON")
    found: set[int] = set()
    for head in conjuncts(s, i) if s.tokens[i].upos in nominal else [i]:
        if s.tokens[head].upos not in (*nominal, "NUM", "ADJ", "DET", "X"):
            continue
        start, end = phrase_span(s, head)
        found.update(t for t in range(start, end) if t not in _not_source(s, head))
    return _leftward(s, _joined(s, sorted(found), i))


def _not_source(s: Sentence, head: int) -> set[int]:
    hung = [c for c in children(s, head) if base(s.tokens[c].dep) in _NOT_SOURCE]
    return {t for c in hung if base(s.tokens[c].dep) != "punct" for t in subtree(s, c)}


def teller_tokens(s: Sentence, i: int, cue: int) -> list[int]:
    """The tokens of a teller beside its verb: names that a parse left between the two belong to it."""
    found = [t for t in source_tokens(s, i) if t != cue]
    if not found:
        return found
    between = range(found[-1] + 1, cue)
    names = all(s.tokens[t].upos in ("PROPN", "NOUN", "ADP") for t in between)
    if between and len(between) <= 12 and ((names and len(between) <= 6) or _enumerates(s, between)):
        found = [*found, *between]
    found = _without_time(s, found)
    opening = range(found[0])
    joined = any(s.tokens[t].upos == "CCONJ" for t in found) and found[0] < cue
    if opening and joined and s.tokens[found[0] - 1].text == "," and _lists(s, opening):
        found = [*opening, *found]
    later = next((t for t in found[1:] if s.tokens[t].text == "The" and s.tokens[t - 1].upos != "ADP"), None)
    if later is not None and later < cue:
        found = [t for t in found if t >= later]
    return [t for t in found if t < cue] if found[0] < cue else [t for t in found if t > cue]


def _enumerates(s: Sentence, between: range) -> bool:
    """Whether what stands between a noun and its verb joins more nouns to it ("the army, a monitor and ...")."""
    nominal = ("NOUN", "PROPN", "ADJ", "DET", "NUM", "CCONJ", "PUNCT", "ADP")
    words = [s.tokens[t] for t in between]
    joined = any(t.upos == "CCONJ" for t in words) and words[-1].text != ","
    return joined and all(t.upos in nominal and t.text in (",", *[t.text] * (t.upos != "PUNCT")) for t in words)


def _without_time(s: Sentence, found: list[int]) -> list[int]:
    """The tokens of a teller without "on Sunday" and the like at their end."""
    for k, t in enumerate(found):
        timed = k + 1 < len(found) and s.tokens[found[k + 1]].text.lower() in _TIMES
        if k > 0 and timed and s.tokens[t].upos in ("ADP", "ADJ", "ADV"):
            return found[:k]
        if k > 0 and s.tokens[t].text.lower() in _TIMES and s.tokens[t].upos in ("PROPN", "NOUN"):
            return found[:k]
    return found


def _lists(s: Sentence, opening: range) -> bool:
    """Whether all words that open a sentence are nouns and commas ("The army, a monitor and ...")."""
    nominal = ("NOUN", "PROPN", "ADJ", "DET", "NUM")
    return all(s.tokens[t].upos in nominal or s.tokens[t].text == "," for t in opening)


def _leftward(s: Sentence, found: list[int]) -> list[int]:
    """The tokens with the names, adjectives and article right before them, which a parse may hang elsewhere."""
    at = first = found[0] if found else 0
    if not found or s.tokens[at].upos in ("DET", "PRON"):
        return found
    name = next((n for n in s.names if n.start < first < n.end), None)
    at = name.start if name is not None and name.kind in ("organization", "person") else at
    while s.tokens[at].upos == "PROPN" and at >= 2 and s.tokens[at - 1].text in ("for", "of"):
        if s.tokens[at - 2].upos != "PROPN":
            break
        at -= 2
        while at > 0 and s.tokens[at - 1].upos == "PROPN":
            at -= 1
    while at > 0 and s.tokens[at - 1].upos == "ADJ" and s.tokens[at - 1].text.lower() not in ("last", "next"):
        at -= 1
    if at > 0 and s.tokens[at - 1].upos == "DET":
        at -= 1
    return [*range(at, first), *found]


def _joined(s: Sentence, found: list[int], i: int) -> list[int]:
    """One unbroken run from the first to the last token of a source, with "and" between its names."""
    if not found or len(found) > 25:
        return [i]
    run = list(range(found[0], found[-1] + 1))
    inner = [s.tokens[t] for t in run if t not in found]
    if all(t.upos in ("CCONJ", "PUNCT", "DET", "ADJ") for t in inner):
        return run
    return [t for t in found if all(k in found for k in range(min(t, i), max(t, i) + 1))]


def clause_tokens(s: Sentence, head: int, without: Collection[int]) -> list[int]:
    """The tokens of a clause less some branches, its fronted adverbial ("Last month,") and joining word."""
    return without_front(s, subtree(s, head, frozenset(without)))


def without_front(s: Sentence, tokens: list[int]) -> list[int]:
    """Tokens without the joining word, and the short adverbial set off by a comma, that open them."""
    while tokens and s.tokens[tokens[0]].upos in ("CCONJ", "PUNCT") and s.tokens[tokens[0]].text not in _OPENING:
        tokens = tokens[1:]
    comma = next((k for k, t in enumerate(tokens[:7]) if s.tokens[t].text == ","), None)
    if not comma or tokens[comma] - tokens[0] != comma or comma + 1 >= len(tokens):
        return tokens
    front = [s.tokens[t] for t in tokens[:comma]]
    heads = [t for t in front if t.head not in tokens[:comma]]
    opens = front[0].upos in ("ADP", "ADV", "SCONJ") or any(t.text.lower() in _TIMES for t in front)
    adverbial = opens and all(base(t.dep) in ("obl", "advmod", "nmod", "mark") for t in heads)
    return tokens[comma + 1 :] if adverbial and not any(t.upos == "VERB" for t in front) else tokens
