"""Every bench: what it is called, what runs it, and the gold files that it needs.

A figure is `bench.figure`; sizes of sets are left out, since they are no scores.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from trucewatch.benches import claims, counts, events, places, speech, times
from trucewatch.benches.gate import Bench, Scores
from trucewatch.language.parser import Parser
from trucewatch.model import Document

#: Figures that are better when they are lower.
LOWER_IS_BETTER = ("per_hundred", "mae", "median_km")
#: Sizes and shares that describe a set or a run, not how good it is.
NO_SCORES = ("sentences", "pairs", "headlines", "articles", "phrases", "events", "mentions", "gold", "n", "tried")


@cache
def _parser() -> Parser:
    return Parser.load(threads=2)


def parse(text: str) -> Document:
    """A bare text as a document whose whole text is body."""
    return Document(speech.plain_report(text), tuple(_parser().parse(text, [(0, len(text))])))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _over(file: str, bench: Callable[[Iterator[dict[str, Any]], Callable[[str], Document]], dict[str, Any]]) -> Bench:
    return lambda gold: _flat(bench(_rows(gold / file), parse))


def _flat(figures: dict[str, Any]) -> Scores:
    """Figures under one another's names, without what is no score."""
    flat: Scores = {}
    for name, value in figures.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{key}".replace(" ", "_"): v for key, v in _flat(value).items()}
        elif name.split(".")[-1].split("_")[-1] not in NO_SCORES:
            flat[name.replace(" ", "_")] = float(value)
    return flat


def _claims(gold: Path) -> Scores:
    return {name: tally.f1() for name, tally in claims.bench(gold.parent / "example").items()}


_EWT = "language/propbank_ewt/dev.jsonl"
_TIMES = tuple(f"times/{name}" for name in ("tempeval3/dev.jsonl", "meantime/dev.jsonl", "recognizers_text", "ctparse"))

BENCHES: dict[str, tuple[Bench, tuple[str, ...]]] = {
    "claims": (_claims, ("../example/record.json",)),
    "false_events": (_over(_EWT, events.false_events), (_EWT,)),
    "plover": (_over("events/plover_plv/train.jsonl", events.plover_roots), ("events/plover_plv/train.jsonl",)),
    "cameo": (_over("events/petrarch2/unittest.jsonl", events.cameo_roots), ("events/petrarch2/unittest.jsonl",)),
    "factuality": (_over("factuality/uds_ih2/dev.jsonl", events.factuality), ("factuality/uds_ih2/dev.jsonl",)),
    "speech_polnear": (_over("attribution/polnear/dev.jsonl", speech.measure), ("attribution/polnear/dev.jsonl",)),
    "speech_propbank": (
        _over("attribution/propbank_ewt/dev.jsonl", speech.measure),
        ("attribution/propbank_ewt/dev.jsonl",),
    ),
    "counts_headlines": (
        _over("counts/ucdp_headlines/dev.jsonl", counts.headline_deaths),
        ("counts/ucdp_headlines/dev.jsonl",),
    ),
    "counts_gva": (_over("counts/gva/dev.jsonl", counts.incident_totals), ("counts/gva/dev.jsonl",)),
    "times": (lambda gold: _flat(times.run(gold / "times", lambda text: parse(text).sentences)), _TIMES),
    "places": (lambda gold: _flat(places.score_places(gold)), places.FILES),
}
