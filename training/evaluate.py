"""Measure the shipped model: `python training/evaluate.py --gold ../shared/gold`.

Gold words go in (so that word splitting does not cloud the scores) except for PolNeAR, which is read from
raw text. Needs only what trucewatch itself needs. Prints one JSON object; `scores.json` beside the model
holds the last one shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "training"))

from treebanks import Example, jsonl, load  # noqa: E402

from trucewatch.language.encoding import MODEL_FOLDER  # noqa: E402
from trucewatch.language.parser import Parser  # noqa: E402
from trucewatch.model import Sentence  # noqa: E402

Table = dict[str, Any]


class Counts:
    """Right, given and gold; gives precision, recall and F1."""

    def __init__(self) -> None:
        """Start from nothing."""
        self.right = self.given = self.gold = 0

    def add(self, given: Iterable[Any], gold: Iterable[Any]) -> None:
        """Count one sentence."""
        a, b = set(given), set(gold)
        self.right += len(a & b)
        self.given += len(a)
        self.gold += len(b)

    def f1(self) -> float:
        """Give F1 in percent."""
        return round(200 * self.right / max(1, self.given + self.gold), 2)

    def all(self) -> dict[str, float]:
        """Give precision, recall, F1 in percent and the count of gold."""
        p, r = self.right / max(1, self.given), self.right / max(1, self.gold)
        return {"P": round(100 * p, 1), "R": round(100 * r, 1), "F1": self.f1(), "gold": self.gold}


def parsed(parser: Parser, e: Example) -> list[Sentence]:
    """Give the parse of an example with its own words; more than one sentence if it was cut for length."""
    spans, at = [], 0
    for w in e.words:
        spans.append((at, at + len(w)))
        at += len(w) + 1
    return parser.sentence(" ".join(e.words), spans)


def trees(parser: Parser, examples: list[Example]) -> Table:
    """Give the accuracy of tags, lemmas and the tree."""
    n = 0
    hits = dict.fromkeys(("UPOS", "XPOS", "lemma", "UAS", "LAS", "LAS without subtypes"), 0)
    for e in examples:
        assert e.heads
        assert e.deps
        assert e.upos
        assert e.xpos
        assert e.lemmas
        base = 0
        for s in parsed(parser, e):
            for t in s.tokens:
                i = base + t.i
                head = t.head + base if t.head >= 0 else -1
                n += 1
                hits["UPOS"] += t.upos == e.upos[i]
                hits["XPOS"] += t.xpos == e.xpos[i]
                hits["lemma"] += t.lemma == e.lemmas[i]
                hits["UAS"] += head == e.heads[i]
                hits["LAS"] += head == e.heads[i] and t.dep == e.deps[i]
                same = t.dep.partition(":")[0] == e.deps[i].partition(":")[0]
                hits["LAS without subtypes"] += head == e.heads[i] and same
            base += len(s.tokens)
    return {k: round(100 * v / n, 2) for k, v in hits.items()}


def names(parser: Parser, examples: list[Example]) -> Table:
    """Give F1 of names, exact range and kind, in all and by kind."""
    whole, kinds = Counts(), dict[str, Counts]()
    for e in examples:
        if e.names is None:
            continue
        given, base = [], 0
        for s in parsed(parser, e):
            given += [(n.start + base, n.end + base, n.kind) for n in s.names]
            base += len(s.tokens)
        whole.add(given, e.names)
        for kind in {n[2] for n in [*given, *e.names]}:
            count = kinds.setdefault(kind, Counts())
            count.add([g for g in given if g[2] == kind], [g for g in e.names if g[2] == kind])
    return {**whole.all(), "by kind": {k: (c.f1(), c.gold) for k, c in sorted(kinds.items())}}


def roles(parser: Parser, examples: list[Example]) -> Table:
    """Give F1 of predicates, senses, arguments by exact span and label, and of the core arguments alone."""
    counts = {k: Counts() for k in ("predicates", "predicates with sense", "arguments", "core arguments")}
    for e in examples:
        if e.frames is None:
            continue
        given: list[tuple[int, str, str, int, int]] = []
        predicates, base = [], 0
        for s in parsed(parser, e):
            for f in s.frames:
                number = (f.sense or "").rpartition(".")[2]
                predicates.append((f.predicate + base, number))
                given += [(f.predicate + base, number, a.label, a.start + base, a.end + base) for a in f.args]
            base += len(s.tokens)
        gold = [(w, sense, label, a, b) for w, sense, args in e.frames for label, a, b in args]
        counts["predicates"].add([p[0] for p in predicates], [f[0] for f in e.frames])
        counts["predicates with sense"].add(predicates, [f[:2] for f in e.frames])
        a, b = [(g[0], *g[2:]) for g in given], [(g[0], *g[2:]) for g in gold]
        counts["arguments"].add(a, b)
        core = ("ARG0", "ARG1", "ARG2")
        counts["core arguments"].add([g for g in a if g[1] in core], [g for g in b if g[1] in core])
    return {k: c.f1() for k, c in counts.items()}


def attribution(parser: Parser, examples: list[Example]) -> Table:
    """Give F1 of cues, sources and contents: exact word sets, and share of words right (overlap)."""
    exact = {k: Counts() for k in ("cue", "source", "content")}
    words = {k: Counts() for k in ("cue", "source", "content")}
    for e in examples:
        if e.sayings is None:
            continue
        given: dict[str, set[tuple[int, ...]]] = {k: set() for k in exact}
        base = 0
        for s in parsed(parser, e):
            for y in s.sayings:
                for k, part in zip(exact, (y.cue, y.source, y.content), strict=True):
                    if part:
                        given[k].add(tuple(w + base for w in part))
            base += len(s.tokens)
        for k, at in zip(exact, range(3), strict=True):
            gold = {_core(e, y[at]) for y in e.sayings if y[at] and (y[1] or y[2])}
            exact[k].add({_core(e, list(g)) for g in given[k]}, gold)
            words[k].add({w for g in given[k] for w in g}, {w for g in gold for w in g})
    return {k: {"exact F1": exact[k].f1(), "word F1": words[k].f1(), "gold": exact[k].gold} for k in exact}


def _core(e: Example, words: list[int]) -> tuple[int, ...]:
    """Give the words without punctuation: sets differ in which marks they count in."""
    return tuple(w for w in sorted(set(words)) if any(c.isalnum() for c in e.words[w]))


def polnear(parser: Parser, path: Path) -> Table:
    """Give F1 of sources, cues and contents in raw news: exact letters, and by letters (overlap)."""
    exact = {k: Counts() for k in ("cue", "source", "content")}
    letters = {k: Counts() for k in ("cue", "source", "content")}
    for record in jsonl(path):
        text = record["text"]
        given: dict[str, list[frozenset[int]]] = {k: [] for k in exact}
        for s in parser.parse(text, [(0, len(text))]):
            for y in s.sayings:
                for k, part in zip(exact, (y.cue, y.source, y.content), strict=True):
                    given[k].append(_letters(text, [(s.tokens[w].start, s.tokens[w].end) for w in part]))
        for k in exact:
            gold = [_letters(text, a[k]) for a in record["attributions"]]
            exact[k].add([g for g in given[k] if g], [g for g in gold if g])
            letters[k].add(set().union(*given[k]), set().union(*gold))
    return {k: {"exact F1": exact[k].f1(), "letter F1": letters[k].f1(), "gold": exact[k].gold} for k in exact}


def _letters(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """Give the offsets of letters and digits in the spans."""
    return frozenset(i for a, b in spans for i in range(a, b) if text[i].isalnum())


def factuality(parser: Parser, examples: list[Example]) -> Table:
    """Give mean absolute error and Pearson r at the gold events, and how many of them the parser values."""
    gold: list[float] = []
    given: list[float] = []
    missing = 0
    for e in examples:
        if not e.factuality:
            continue
        values = [t.factuality for s in parsed(parser, e) for t in s.tokens]
        for i, value in e.factuality.items():
            if values[i] is None:
                missing += 1
            gold.append(value)
            given.append(float(values[i]) if values[i] is not None else 3.0)  # type: ignore[arg-type]
    n = len(gold)
    mean_a, mean_b = sum(gold) / n, sum(given) / n
    cov = sum((a - mean_a) * (b - mean_b) for a, b in zip(gold, given, strict=True))
    var = sum((a - mean_a) ** 2 for a in gold) * sum((b - mean_b) ** 2 for b in given)
    mae = sum(abs(a - b) for a, b in zip(gold, given, strict=True)) / n
    return {
        "MAE": round(mae, 3),
        "r": round(cov / max(var, 1e-9) ** 0.5, 3),
        "events": n,
        "not valued": missing,
    }


def table(folder: Path, gold: Path, threads: int = 1) -> Table:
    """Give all scores of the model in the folder."""
    parser = Parser.load(threads, folder)
    test, dev = load(gold, "test"), load(gold, "dev")
    return {
        "EWT test": trees(parser, test["ewt"]),
        "GUM test": trees(parser, test["gum"]),
        "names, GUM test": names(parser, test["gum"]),
        "names, re3d kept": names(parser, dev["re3d"]),
        "roles, PropBank EWT dev": roles(parser, dev["ewt"]),
        "roles, PropBank EWT test": roles(parser, test["ewt"]),
        "attribution, PropBank EWT dev": attribution(parser, dev["ewt"]),
        "attribution, PropBank EWT test": attribution(parser, test["ewt"]),
        "attribution, GUM test": attribution(parser, test["gum"]),
        "attribution, PolNeAR dev": polnear(parser, gold / "attribution" / "polnear" / "dev.jsonl"),
        "factuality, UDS-IH2 dev": factuality(parser, dev["ewt"]),
    }


def headline(scores: Table) -> float:
    """Give one number by which a new model must beat the old."""
    return float(
        scores["EWT test"]["LAS"]
        + scores["EWT test"]["UPOS"]
        + scores["names, GUM test"]["F1"] / 4
        + scores["roles, PropBank EWT test"]["arguments"] / 4
    )


def main() -> None:
    """Run the command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    ap.add_argument("--model", type=Path, default=MODEL_FOLDER)
    a = ap.parse_args()
    print(json.dumps(table(a.model, a.gold), indent=1))


if __name__ == "__main__":
    main()
