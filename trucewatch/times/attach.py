"""Which time of a sentence holds for an event in it, by syntax.

A time holds for the clause that it hangs on, for what that clause shares it with (conjuncts, participles, "when"),
and never across a saying, a relative clause, "after" or "before". Layer: times.
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.language.phrases import base, children
from trucewatch.model import Sentence, Span, TimeMention
from trucewatch.times.frame import governor, head_at, reports

_SHIFTS = frozenset(
    ["after", "before", "until", "till", "since", "once", "unless", "if", "because", "although", "though"]
)
_SHARED = frozenset(["conj", "xcomp", "advcl"])


def attached(sentence: Sentence, trigger: Span, times: Sequence[TimeMention]) -> TimeMention | None:
    """The time that the syntax of the sentence gives to the event at `trigger`, or None."""
    i = head_at(sentence, trigger)
    if i < 0:
        return None
    above, below = _chain(sentence, i), _below(sentence, i)
    ranked: list[tuple[int, int, int, int, TimeMention]] = []
    for time in times:
        span = time.span
        if span is None or time.kind == "duration" or not (time.start or time.end):
            continue
        distance = _distance(sentence, span, i, above, below)
        if distance is not None:
            fine = 0 if time.kind == "time" else 1
            ranked.append((distance, fine, abs(span[0] - trigger[0]), span[0], time))
    if not ranked:
        return None
    return min(ranked, key=lambda row: (row[0] // 4, row[1], row[0], row[2], row[3]))[4]


def _chain(sentence: Sentence, i: int) -> list[int]:
    """The event's token and the tokens above it whose times hold for it too."""
    chain = [i]
    while True:
        token = sentence.tokens[chain[-1]]
        if token.head < 0 or token.head in chain or _is_barrier(sentence, token.i):
            return chain
        chain.append(token.head)


def _is_barrier(sentence: Sentence, i: int) -> bool:
    """Whether the times of what governs token `i` do not hold for it."""
    token = sentence.tokens[i]
    relation = base(token.dep)
    if relation in ("acl", "parataxis") or token.dep == "advmod:relcl":
        return True
    if relation in ("ccomp", "csubj", "conj") and reports(sentence, token.head):
        return relation != "conj" or not reports(sentence, i)
    if relation == "xcomp" and reports(sentence, token.head):
        return True
    if relation == "advcl":
        marks = {
            sentence.tokens[c].text.lower()
            for c in children(sentence, i)
            if base(sentence.tokens[c].dep) in ("mark", "advmod")
        }
        return bool(marks & _SHIFTS)
    if relation in ("obl", "nmod"):
        marks = {
            sentence.tokens[c].text.lower() for c in children(sentence, i) if base(sentence.tokens[c].dep) == "case"
        }
        return bool(marks & {"after", "before", "since", "until", "despite", "following"})
    return False


def _below(sentence: Sentence, i: int) -> dict[int, int]:
    """Predicates below the event that share their time with it, and how far down they are."""
    found: dict[int, int] = {}
    todo = [(i, 0)]
    while todo:
        at, depth = todo.pop()
        for c in children(sentence, at):
            token = sentence.tokens[c]
            relation = base(token.dep)
            participle = relation == "acl" and token.xpos in ("VBN", "VBG")
            own_subject = any(base(sentence.tokens[k].dep) in ("nsubj", "csubj") for k in children(sentence, c))
            if (
                (relation in _SHARED or participle)
                and not own_subject
                and not _is_barrier_below(sentence, c)
                and depth < 2
            ):
                found[c] = depth + 1
                todo.append((c, depth + 1))
    return found


def _is_barrier_below(sentence: Sentence, i: int) -> bool:
    return (base(sentence.tokens[i].dep) != "acl" and _is_barrier(sentence, i)) or reports(sentence, i)


def _distance(sentence: Sentence, span: Span, i: int, above: list[int], below: dict[int, int]) -> int | None:
    """How far a time hangs from the event, or None where it does not hold for it."""
    head = head_at(sentence, span)
    if head < 0:
        return None
    up = sentence.tokens[head].head
    verb = governor(sentence, span)
    for node in (up, verb):
        if node == i or head == i:
            return 0
        if node in above and not (_of_other_noun(sentence, up, above)):
            return 1 + above.index(node)
        if node in below:
            return 2 + below[node]
    if _strayed(sentence, span, i, verb):
        return 6
    return None


def _of_other_noun(sentence: Sentence, up: int, above: list[int]) -> bool:
    """Whether a time hangs on a noun that is not on the event's way up ("talks on Monday on the ceasefire")."""
    return (
        up >= 0
        and up not in above
        and sentence.tokens[up].upos in ("NOUN", "PROPN")
        and not any(
            sentence.tokens[up].head == node
            and base(sentence.tokens[up].dep) in ("obj", "obl", "nsubj", "compound", "nmod")
            for node in above
        )
    )


def _strayed(sentence: Sentence, span: Span, i: int, verb: int) -> bool:
    """Whether a time hung on a verb of saying stands behind the event of its content, with no verb between them."""
    if verb < 0 or not reports(sentence, verb) or verb >= i or sentence.tokens[i].end > span[0]:
        return False
    return not any(t.upos == "VERB" and i < t.i and t.start < span[0] for t in sentence.tokens)
