"""Which words make up a phrase that denotes somebody."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.coding.actor_table import word_list
from trucewatch.language import phrases
from trucewatch.model import Sentence, Token

INSIDE = ("compound", "flat", "goeswith", "fixed", "nmod:desc")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM")


def heads(s: Sentence, taken: set[int]) -> list[int]:
    """The tokens that may head a phrase of somebody."""
    return [t.i for t in s.tokens if t.i not in taken and (_heads_a_phrase(t) or _made_noun(s, t))]


def _heads_a_phrase(token: Token) -> bool:
    if token.upos not in _NOMINAL or token.dep in INSIDE:
        return False
    return token.upos in ("NOUN", "PROPN") or phrases.base(token.dep) not in ("amod", "nummod", "advmod", "det", "case")


def _made_noun(s: Sentence, token: Token) -> bool:
    """ "The sick", "the wounded": an adjective that stands for people."""
    if (
        token.text.lower() not in word_list("made_noun")
        or token.i == 0
        or s.tokens[token.i - 1].text.lower() not in ("the", "those")
    ):
        return False
    after = s.tokens[token.i + 1] if token.i + 1 < len(s.tokens) else None
    return after is None or after.upos not in ("NOUN", "PROPN", "ADJ", "NUM")


def words_of(s: Sentence, start: int, end: int, head: int) -> tuple[list[str], int]:
    """The words of a token range as they stand between spaces, and the index of the one that holds the head."""
    words: list[str] = []
    at = 0
    for token in s.tokens[start:end]:
        if words and token.start == s.tokens[token.i - 1].end and _joins(s, token, start):
            words[-1] += token.text
        else:
            words.append(token.text)
        if token.i == head:
            at = len(words) - 1
    cleaned = [word.strip("\"“”‘'’[](),.;:") or word for word in words]
    return [w if not words[k].endswith(("'s", "’s")) else w.removesuffix("’s") + "'s" if not w.endswith("'s") else w
            for k, w in enumerate(cleaned)], at  # fmt: skip


def _joins(s: Sentence, token: Token, start: int) -> bool:
    """Whether a token that touches the one before is of the same word: hyphens, "'s", pieces of abbreviations."""
    before = s.tokens[token.i - 1].text
    if token.i == start:
        return False
    return (
        token.text[:1] in "-‐‑'’./&" or before[-1:] in "-‐‑./&'’" or token.text[:1].isalnum() == before[-1:].isalnum()
    )


def noun_phrase(s: Sentence, i: int) -> tuple[int, int]:
    """The token range of a phrase that denotes somebody: determiner, modifiers, head, "of" phrase; no numerals.

    "300 families" gives "families", "at least 12 people" "people", "one of the wounded" the whole.
    """
    start, _ = phrases.phrase_span(s, i)
    end = i + 1
    counts = counting(s, i)
    for c in phrases.children(s, i):
        if c <= i:
            continue
        dep = phrases.base(s.tokens[c].dep)
        if (c == end and s.tokens[c].dep in INSIDE) or (dep in ("flat", "compound") and c <= end + 1):
            end = max(end, phrases.subtree(s, c)[-1] + 1)
        elif dep == "nmod" and case_of(s, c) == "of" and c - i <= 4 and not counts:
            end = max(end, _of_end(s, c))
    return _start(s, start, i), end


def _start(s: Sentence, start: int, i: int) -> int:
    """The first word of the phrase: what the parse hung elsewhere is taken in, numbers and what counts are left out."""
    if s.tokens[i].upos == "PROPN" or start < i:
        while start > 0 and s.tokens[start - 1].upos == "ADJ" and s.tokens[start - 1].text[:1].islower():
            start -= 1
    while start < i and s.tokens[start].upos in ("PUNCT", "CCONJ", "ADP", "SCONJ", "VERB", "AUX", "ADV", "PRON"):
        if s.tokens[start].dep == "amod":
            break
        if s.tokens[start].upos == "PRON" and s.tokens[start].xpos == "PRP$":
            break
        if s.tokens[start].text.lower() in ("almost", "nearly") and s.tokens[start + 1].text.lower() == "all":
            break
        start += 1
    numbers = [j for j in range(start, i) if s.tokens[j].dep == "nummod" or s.tokens[j].upos == "NUM"]
    if numbers and not any(s.tokens[j].text.lower() == "of" for j in range(start, i)):
        start = numbers[-1] + 1
    while start < i and _counter(s, start, i):
        start += 1
    return start


def _counter(s: Sentence, start: int, head: int) -> bool:
    """Whether the word at the start of a phrase belongs to a number and not to the description."""
    token = s.tokens[start]
    word = token.text.lower()
    if word == "almost" and s.tokens[start + 1].text.lower() == "all":
        return False
    if word == "an":
        return start + 1 < head and s.tokens[start + 1].text.lower() in ("estimated", "additional")
    return word in word_list("counters") or token.upos in ("PUNCT", "CCONJ", "ADP")


def counting(s: Sentence, i: int) -> bool:
    """ "Hundreds of civilians", "a crowd of onlookers": the head counts, the "of" phrase is who."""
    token = s.tokens[i]
    if token.lemma.lower() not in word_list("counting") and token.text.lower() not in word_list("counting"):
        return False
    return any(case_of(s, c) == "of" for c in phrases.children_with(s, i, "nmod"))


def _of_end(s: Sentence, c: int) -> int:
    below = [j for j in phrases.subtree(s, c) if j <= c or s.tokens[j].dep in INSIDE]
    return max(below) + 1


def case_of(s: Sentence, i: int) -> str:
    """The preposition of a phrase, or nothing."""
    return next((s.tokens[c].lemma.lower() for c in phrases.children_with(s, i, "case")), "")


def is_all_caps(tokens: Sequence[Token]) -> bool:
    """Whether a sentence is written in capitals throughout."""
    letters = [t.text for t in tokens if t.text[:1].isalpha()]
    return bool(letters) and not any(any(ch.islower() for ch in word) for word in letters)
