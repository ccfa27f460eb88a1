"""Labels as numbers, and sentences as batches."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor
from treebanks import Example

from trucewatch.language.encoding import CLS, MAX_PIECES_OF_WORD, SEP, UNK, case_of, seen_as
from trucewatch.language.lemmas import rule_of

NONE = -100
KINDS = ("person", "place", "organization", "weapon", "time", "quantity", "other")
Labels = dict[str, list[str]]


def bio(kinds: Iterable[str]) -> list[str]:
    """Give the tags of names: O, and B- and I- of each kind."""
    return ["O", *(f"{step}-{kind}" for kind in kinds for step in "BI")]


def labels_of(examples: list[Example]) -> Labels:
    """Give the label lists that the training sets call for; rare roles and lemma rules are left out."""
    rules = Counter(rule_of(w, lemma) for e in examples if e.lemmas for w, lemma in zip(e.words, e.lemmas, strict=True))
    roles = Counter(a[0] for e in examples for f in e.frames or [] for a in f[2])
    senses = Counter(f[1] for e in examples for f in e.frames or [])
    return {
        "upos": sorted({x for e in examples for x in e.upos or []}),
        "xpos": sorted({x for e in examples for x in e.xpos or []}),
        "rel": sorted({x for e in examples for x in e.deps or []}),
        "lemma": ["k-0+", *sorted(r for r, n in rules.items() if n >= 3 and r != "k-0+")],
        "name": bio(KINDS),
        "sense": ["_", *sorted(s for s, n in senses.items() if n >= 5)],
        "cue": ["O", "B", "I"],
        "role": ["_", *sorted(r for r, n in roles.items() if n >= 25)],
        "link": ["_", "source", "content"],
    }


@dataclass
class Item:
    """One sentence as numbers; word-level lists hold NONE where a layer is not annotated."""

    ids: list[int]
    case: list[int]
    first: list[int]
    layers: dict[str, list[int]]
    factuality: list[float]  # nan where there is none
    roles: list[tuple[int, int, int]] | None  # predicate, word, label
    predicates: list[int]
    links: list[tuple[int, int, int]] | None
    cues: list[int]


def head_of(heads: list[int], words: list[int]) -> int:
    """Give the word whose head lies outside of the words; of several the one with most below it."""
    inside = set(words)
    outer = [w for w in words if heads[w] not in inside]
    if len(outer) < 2:
        return outer[0] if outer else words[0]
    weight = Counter[int]()
    for w in words:
        at, steps = w, 0
        while heads[at] in inside and steps < 200:
            at, steps = heads[at], steps + 1
        weight[at] += 1
    return max(outer, key=lambda w: (weight[w], -w))


def pieces(words: list[str], tok: Tokenizer) -> tuple[list[int], list[int], list[int]]:
    """Give piece ids, case classes and the first piece of each word."""
    ids, case, first = [CLS], [0], []
    for word in words:
        found = (tok.encode(seen_as(word), add_special_tokens=False).ids or [UNK])[:MAX_PIECES_OF_WORD]
        first.append(len(ids))
        ids += found
        case += [case_of(word)] * len(found)
    return [*ids, SEP], [*case, 0], first


class Encoder:
    """Turns examples into items by fixed label lists."""

    def __init__(self, labels: Labels, tok: Tokenizer) -> None:
        """Index the labels."""
        self.tok = tok
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}

    def item(self, e: Example) -> Item:
        """Give the sentence as numbers."""
        n = len(e.words)
        ids, case, first = pieces(e.words, self.tok)
        blank = [NONE] * n
        get = self.index
        layers = {
            "upos": [get["upos"].get(x, NONE) for x in e.upos] if e.upos else blank,
            "xpos": [get["xpos"].get(x, NONE) for x in e.xpos] if e.xpos else blank,
            "lemma": [get["lemma"].get(rule_of(w, x), NONE) for w, x in zip(e.words, e.lemmas, strict=True)]
            if e.lemmas
            else blank,
            "head": [h + 1 for h in e.heads] if e.heads else blank,
            "rel": [get["rel"].get(x, NONE) for x in e.deps] if e.deps else blank,
            "name": self._names(e),
            "sense": blank,
            "cue": blank,
        }
        roles, predicates = self._frames(e, layers)
        links, cues = self._sayings(e, layers)
        fact = [float("nan")] * n
        for i, value in (e.factuality or {}).items():
            fact[i] = value
        return Item(ids, case, first, layers, fact, roles, predicates, links, cues)

    def _names(self, e: Example) -> list[int]:
        if e.names is None:
            return [NONE] * len(e.words)
        tags = [0] * len(e.words)
        for start, end, kind in e.names:
            tags[start:end] = [self.index["name"][f"I-{kind}"]] * (end - start)
            tags[start] = self.index["name"][f"B-{kind}"]
        return tags

    def _frames(self, e: Example, layers: dict[str, list[int]]) -> tuple[list[tuple[int, int, int]] | None, list[int]]:
        if e.frames is None or e.heads is None:
            return None, []
        senses = [0] * len(e.words)
        roles: dict[tuple[int, int], int] = {}
        for word, sense, args in e.frames:
            senses[word] = self.index["sense"].get(sense, NONE)
            for label, start, end in args:
                if label in self.index["role"]:
                    roles.setdefault((word, head_of(e.heads, list(range(start, end)))), self.index["role"][label])
        layers["sense"] = senses
        return [(p, w, r) for (p, w), r in roles.items()], [f[0] for f in e.frames]

    def _sayings(self, e: Example, layers: dict[str, list[int]]) -> tuple[list[tuple[int, int, int]] | None, list[int]]:
        if e.sayings is None or e.heads is None:
            return None, []
        tags = [0] * len(e.words)
        links: dict[tuple[int, int], int] = {}
        for cue, source, content in e.sayings:
            for w in cue:
                tags[w] = 2 if w - 1 in cue else 1
            for label, words in ((1, source), (2, content)):
                if words:
                    links.setdefault((cue[0], head_of(e.heads, words)), label)
        layers["cue"] = tags
        return [(c, w, r) for (c, w), r in links.items()], [s[0][0] for s in e.sayings]


@dataclass
class Batch:
    """A batch as tensors; `roles` and `links` are (sentence, governor, word) -> label on chosen rows."""

    ids: Tensor
    mask: Tensor
    case: Tensor
    first: Tensor
    layers: dict[str, Tensor]
    factuality: Tensor
    rows: dict[str, tuple[Tensor, Tensor, Tensor]]  # head -> sentence, governor, labels over words


def collate(items: list[Item]) -> Batch:
    """Give the items as one padded batch."""
    longest = max(len(i.ids) for i in items)
    words = max(len(i.first) for i in items)

    def padded(rows: list[list[int]], size: int, fill: int) -> Tensor:
        return torch.tensor([r + [fill] * (size - len(r)) for r in rows])

    lengths = torch.tensor([len(i.ids) for i in items])
    layers = {k: padded([i.layers[k] for i in items], words, NONE) for k in items[0].layers}
    fact = torch.tensor([i.factuality + [float("nan")] * (words - len(i.factuality)) for i in items])
    return Batch(
        padded([i.ids for i in items], longest, 0),
        (torch.arange(longest)[None] < lengths[:, None]).long(),
        padded([i.case for i in items], longest, 0),
        padded([i.first for i in items], words, 0),
        layers,
        fact,
        {
            "role": _rows([(i.predicates, i.roles or [], len(i.first)) for i in items], words),
            "link": _rows([(i.cues, i.links or [], len(i.first)) for i in items], words),
        },
    )


def _rows(items: list[tuple[list[int], list[tuple[int, int, int]], int]], words: int) -> tuple[Tensor, Tensor, Tensor]:
    """Give for every governor its sentence, its word and its row of labels (0 none, NONE beyond the end)."""
    where, governor, rows = [], [], []
    for b, (governors, triples, n) in enumerate(items):
        for g in governors:
            row = [0] * n + [NONE] * (words - n)
            for p, w, label in triples:
                if p == g:
                    row[w] = label
            where.append(b)
            governor.append(g)
            rows.append(row)
    return (
        torch.tensor(where).long(),
        torch.tensor(governor).long(),
        torch.tensor(rows).reshape(-1, words).long(),
    )


def batches(items: list[Item], pieces_in_batch: int, rng: random.Random) -> Iterator[list[int]]:
    """Give indices of batches of sentences of about one length, in random order."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids) + rng.random() * 4)
    found: list[list[int]] = []
    current: list[int] = []
    for i in order:
        current.append(i)
        if len(current) * len(items[i].ids) >= pieces_in_batch:
            found.append(current)
            current = []
    if current:
        found.append(current)
    rng.shuffle(found)
    yield from found
