"""How well events are found: false ones in text without conflict, roots of other schemes, graded factuality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trucewatch.coding.certainty import certainty_of
from trucewatch.coding.event_table import load_table
from trucewatch.coding.event_view import View
from trucewatch.coding.events import cameo, codes, find_events
from trucewatch.model import Document, EventMention, Span

Parse = Callable[[str], Document]
#: Genres of English Web Treebank in which nobody tells of conflict.
PEACEFUL = ("reviews", "answers")
#: PLOVER version 1 parts what older sets call YIELD.
YIELDS = ("RETREAT", "CONCEDE", "YIELD")


def false_events(rows: Iterable[Mapping[str, Any]], parse: Parse) -> dict[str, float]:
    """Typed events per hundred sentences of the peaceful genres: all of them are false, or nearly."""
    sentences = typed = 0
    for row in rows:
        if row["genre"] not in PEACEFUL:
            continue
        doc = parse(row["text"])
        sentences += len(doc.sentences)
        typed += sum(event.type is not None for event in find_events(doc))
    return {"sentences": sentences, "per_hundred": round(100 * typed / max(1, sentences), 3)}


def plover_roots(rows: Iterable[Mapping[str, Any]], parse: Parse) -> dict[str, float]:
    """Roots told between a marked source and target: how many pairs have a typed event there, and how many fit."""
    n = found = right = 0
    for row in rows:
        n += 1
        told = _near_pair(row, find_events(parse(row["text"])))
        roots = {codes(event.type)[1].event for event in told if event.type} - {None}
        found += bool(roots)
        right += row["plover"] in roots or (row["plover"] == "YIELD" and bool(roots & set(YIELDS)))
    return {"pairs": n, **_shares(n, found, right)}


def _near_pair(row: Mapping[str, Any], events: Sequence[EventMention]) -> list[EventMention]:
    """The typed event nearest to the span from the source to the target, inside it where there is one."""
    text = row["text"]
    edges = [(at, at + len(name)) for name in (row["source"], row["target"]) if (at := text.find(name)) >= 0]
    typed = [event for event in events if event.type is not None]
    if not edges or not typed:
        return typed[:1]
    low, high = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
    inside = [event for event in typed if low <= event.span[0] < high]
    return inside or [min(typed, key=lambda event: min(abs(event.span[0] - low), abs(event.span[0] - high)))]


def cameo_roots(rows: Iterable[Mapping[str, Any]], parse: Parse) -> dict[str, float]:
    """Sentences of which CAMEO roots are told: how many have a typed event, and one with an expected root."""
    n = found = right = silent = quiet = 0
    for row in rows:
        events = [event for event in find_events(parse(row["text"])) if event.type is not None]
        roots = {cameo(event.type)[0] for event in events if event.type} - {None}
        if not row["expected"]:
            silent += 1
            quiet += not roots
            continue
        n += 1
        found += bool(roots)
        right += bool(roots & {expected["code"][:2] for expected in row["expected"]})
    return {"sentences": n, **_shares(n, found, right), "silent_kept": round(quiet / max(1, silent), 3)}


def _shares(n: int, found: int, right: int) -> dict[str, float]:
    return {"recall": round(right / max(1, n), 3), "precision": round(right / max(1, found), 3)}


def factuality(rows: Iterable[Mapping[str, Any]], parse: Parse) -> dict[str, float]:
    """Mean absolute error and Pearson's r of graded factuality over marked predicates, as mentions give it."""
    pairs: list[tuple[float, float]] = []
    for row in rows:
        doc = parse(row["text"])
        for event in row["events"]:
            told = _graded(doc, (event["start"], event["end"]))
            if told is not None:
                pairs.append((event["factuality"], told))
    return {"events": len(pairs), "mae": round(_mae(pairs), 3), "pearson": round(_pearson(pairs), 3)}


def _graded(doc: Document, span: Span) -> float | None:
    sentence = doc.sentence_at(span[0])
    if sentence is None:
        return None
    i = next((token.i for token in sentence.tokens if token.start <= span[0] < token.end), None)
    return None if i is None else certainty_of(View(sentence, load_table()), i, graded=True).factuality


def _mae(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(abs(a - b) for a, b in pairs) / max(1, len(pairs))


def _pearson(pairs: Sequence[tuple[float, float]]) -> float:
    n = len(pairs)
    if n < 2:
        return 0.0
    mean_a, mean_b = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    covariance = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    spread = sum((a - mean_a) ** 2 for a, _ in pairs) * sum((b - mean_b) ** 2 for _, b in pairs)
    return covariance / spread**0.5 if spread else 0.0


def type_counts(texts: Iterable[str], parse: Parse) -> Counter[str]:
    """How often each type is found in a set of texts, to look at."""
    return Counter(event.type for text in texts for event in find_events(parse(text)) if event.type is not None)
