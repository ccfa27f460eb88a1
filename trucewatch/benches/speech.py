"""How well attributions are found: source, cue and content against annotated sets.

`exact` counts a part right when its stretches are the same; `overlap` is the F1 over the characters shared by
matched attributions, in which what was missed and what was invented counts as nothing shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trucewatch.coding.speech import find_attributions
from trucewatch.model import AttributionMention, Document, Part, Pieces, Report, Span

PARTS = ("source", "cue", "content")
Parse = Callable[[str], Document]


def plain_report(text: str) -> Report:
    """A report of bare text: one body part."""
    return Report(id="bench", source="bench", text=text, parts=[Part(kind="body", span=(0, len(text)))])


def characters(spans: Iterable[Sequence[int]]) -> set[int]:
    """The code points that spans cover."""
    return {i for span in spans for i in range(span[0], span[1])}


def _spans(part: Pieces | None) -> list[Span]:
    return list(part.spans) if part is not None else []


def _found(mention: AttributionMention) -> dict[str, list[Span]]:
    return {name: _spans(getattr(mention, name)) for name in PARTS}


def paired(
    gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Gold and found attributions paired greedily by the characters that their cues and contents share."""
    scored = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            cue = len(characters(g["cue"]) & characters(f["cue"]))
            content = len(characters(g["content"]) & characters(f["content"]))
            if cue or content > 0.3 * max(1, len(characters(g["content"]))):
                scored.append((cue > 0, content, i, j))
    pairs, used_gold, used_found = [], set(), set()
    for _, _, i, j in sorted(scored, key=lambda item: (not item[0], -item[1], item[2], item[3])):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def _f1(shared: float, found: float, gold: float) -> dict[str, float]:
    precision = shared / found if found else 0.0
    recall = shared / gold if gold else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(both, 3)}


def measure(rows: Iterable[Mapping[str, Any]], parse: Parse) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by part, exact and by overlap, over rows of {text, attributions}."""
    counts = {f"{how} {part}": [0.0, 0.0, 0.0] for part in PARTS for how in ("exact", "overlap")}
    for row in rows:
        doc = parse(row["text"])
        found = [_found(mention) for mention in find_attributions(doc, [])]
        pairs = paired(row["attributions"], found)
        for part in PARTS:
            _add_exact(counts[f"exact {part}"], part, row["attributions"], found, pairs)
            _add_overlap(counts[f"overlap {part}"], part, row["attributions"], found, pairs)
    return {name: _f1(*numbers) for name, numbers in counts.items()}


def _add_exact(total: list[float], part: str, gold: Any, found: Any, pairs: Any) -> None:
    total[0] += sum(1 for g, f in pairs if g[part] and characters(g[part]) == characters(f[part]))
    total[1] += sum(1 for f in found if f[part])
    total[2] += sum(1 for g in gold if g[part])


def _add_overlap(total: list[float], part: str, gold: Any, found: Any, pairs: Any) -> None:
    total[0] += sum(len(characters(g[part]) & characters(f[part])) for g, f in pairs)
    total[1] += sum(len(characters(f[part])) for f in found)
    total[2] += sum(len(characters(g[part])) for g in gold)
