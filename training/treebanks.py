"""Read the treebanks and join the other annotations onto their words.

Every sentence becomes an `Example`: words with tree, lemmas, and where the set has them names, frames,
attributions and factuality. A layer that a set does not annotate is None and is left out of the loss.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trucewatch.language.sentences import split, tokens

Range = tuple[int, int]


@dataclass
class Example:
    """One sentence; heads are word indices, -1 for the root; spans are word ranges [start, end)."""

    document: str
    text: str
    words: list[str]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    entities: list[tuple[int, int, str, str]] = field(default_factory=list)  # start, end, type, minimal span
    names: list[tuple[int, int, str]] | None = None
    frames: list[tuple[int, str, list[tuple[str, int, int]]]] | None = None  # word, sense, (label, start, end)
    sayings: list[tuple[list[int], list[int], list[int]]] | None = None  # words of cue, source, content
    factuality: dict[int, float] | None = None


def read_conllu(path: Path) -> list[Example]:
    """Give the sentences of a CoNLL-U file; empty nodes and multiword lines are skipped."""
    found: list[Example] = []
    document = ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        text = ""
        for line in lines:
            if line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
            elif line.startswith("# text ="):
                text = line.split("=", 1)[1].strip()
        rows = [line.split("\t") for line in lines if line and line[0] != "#"]
        rows = [r for r in rows if r[0].isdigit()]
        if not rows:
            continue
        found.append(
            Example(
                document,
                text,
                words=[r[1] for r in rows],
                upos=[r[3] for r in rows],
                xpos=[r[4] for r in rows],
                lemmas=[r[2] for r in rows],
                heads=[int(r[6]) - 1 for r in rows],
                deps=[r[7] for r in rows],
                entities=list(_entities([r[9] for r in rows])),
            )
        )
    return found


def _entities(misc: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """Give the entities that GUM brackets in MISC: (start, end, type, minimal span)."""
    opened: list[tuple[int, str, str, str]] = []
    for i, cell in enumerate(misc):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", cell)
        if not entity:
            continue
        for opens, body, closes in re.findall(r"(\()?([^()]+)(\))?", entity.group(1)):
            if opens:
                parts = body.split("-")
                if len(parts) < 6:
                    continue
                if closes:
                    yield i, i + 1, parts[1], parts[5]
                else:
                    opened.append((i, parts[0], parts[1], parts[5]))
            elif closes:
                for k in range(len(opened) - 1, -1, -1):
                    if opened[k][1] == body:
                        start, _, kind, minimal = opened.pop(k)
                        yield start, i + 1, kind, minimal
                        break


# ------------------------------------------------------------------ joining by characters


class Alignment:
    """Finds the words of a document's sentences under offsets of another text of the same document."""

    def __init__(self, examples: list[Example], text: str) -> None:
        """Line up the letters (no white space) of the words with those of the text."""
        letters = "".join("".join(w.split()) for e in examples for w in e.words)
        self.rank = []  # offset in text -> how many letters stand before it
        count = 0
        kept = []
        for c in text:
            self.rank.append(count)
            if not c.isspace():
                count += 1
                kept.append(c)
        self.rank.append(count)
        self.ok = "".join(kept) == letters
        self.place: list[tuple[int, int]] = []  # letter -> (sentence, word)
        for s, e in enumerate(examples):
            for w, word in enumerate(e.words):
                self.place.extend([(s, w)] * len("".join(word.split())))

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the (sentence, word) pairs under text[start:end]."""
        return sorted(set(self.place[self.rank[start] : self.rank[end]]))


def by_document(examples: Iterable[Example]) -> dict[str, list[Example]]:
    """Give the sentences of each document."""
    found: dict[str, list[Example]] = {}
    for e in examples:
        found.setdefault(e.document, []).append(e)
    return found


def jsonl(path: Path) -> list[dict[str, Any]]:
    """Give the records of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def add_frames(examples: list[Example], records: list[dict[str, Any]]) -> int:
    """Join PropBank frames to the sentences of the same documents; gives how many documents joined."""
    documents = by_document(examples)
    joined = 0
    for record in records:
        mine = documents.get(record["id"], [])
        line = Alignment(mine, record["text"])
        if not mine or not line.ok:
            continue
        joined += 1
        for e in mine:
            e.frames = []
        for frame in record["frames"]:
            at = line.words(frame["start"], frame["end"])
            if not at:
                continue
            s, word = at[0]
            args = []
            for arg in frame["args"]:
                under = [w for t, w in line.words(arg["start"], arg["end"]) if t == s]
                if under:
                    args.append((arg["role"], under[0], under[-1] + 1))
            frames = mine[s].frames
            assert frames is not None
            frames.append((word, frame["predicate"].rpartition(".")[2], args))
    return joined


def add_sayings(examples: list[Example], records: list[dict[str, Any]]) -> int:
    """Join attributions; what lies outside the sentence of the cue is left out. Gives documents joined."""
    documents = by_document(examples)
    joined = 0
    for record in records:
        mine = documents.get(record["id"], [])
        line = Alignment(mine, record["text"])
        if not mine or not line.ok:
            continue
        joined += 1
        for e in mine:
            e.sayings = []
        for a in record["attributions"]:
            cue = [p for start, end in a["cue"] for p in line.words(start, end)]
            if not cue:
                continue
            s = cue[0][0]
            parts = [
                [w for start, end in a[k] for t, w in line.words(start, end) if t == s]
                for k in ("cue", "source", "content")
            ]
            cue_words = set(parts[0])
            parts[1:] = [[w for w in p if w not in cue_words] for p in parts[1:]]
            sayings = mine[s].sayings
            assert sayings is not None
            sayings.append((parts[0], parts[1], parts[2]))
    return joined


def add_factuality(examples: list[Example], records: list[dict[str, Any]]) -> int:
    """Join factuality by the letters of the sentence; gives how many sentences joined."""
    known = {"".join(e.words): e for e in examples}
    joined = 0
    for record in records:
        e = known.get("".join(record["text"].split()))
        if e is None:
            continue
        joined += 1
        e.factuality = e.factuality or {}
        line = Alignment([e], record["text"])
        for event in record["events"]:
            at = line.words(event["start"], event["end"])
            if at:
                e.factuality[at[0][1]] = float(event["factuality"])
    return joined


# ------------------------------------------------------------------ names

GUM_KINDS = {"person": "person", "place": "place", "organization": "organization", "time": "time"}
RE3D_KINDS = {
    "Person": "person",
    "Location": "place",
    "Organisation": "organization",
    "Weapon": "weapon",
    "MilitaryPlatform": "weapon",
    "Temporal": "time",
    "Quantity": "quantity",
    "Money": "quantity",
    "DocumentReference": "other",
}
SMALL_WORDS = {
    "the",
    "a",
    "an",
    "of",
    "and",
    "for",
    "al",
    "bin",
    "ibn",
    "abu",
    "de",
    "von",
    "van",
    "el",
    "-",
    "’s",
    "'s",
}


def gum_names(e: Example) -> list[tuple[int, int, str]]:
    """Give the named entities of a GUM sentence, and bare counts as quantities; outermost first, none overlap."""
    assert e.upos
    assert e.heads
    assert e.deps
    assert e.xpos
    found: list[tuple[int, int, str]] = []
    for start, end, kind, minimal in e.entities:
        heads = [k for k in range(start, end) if not start <= e.heads[k] < end]
        if "[" in minimal or not heads:
            continue
        head = heads[0]
        number = kind == "time" and any(e.upos[k] == "NUM" for k in range(start, end))
        if e.upos[head] != "PROPN" and not number:
            continue
        while start < head and e.upos[start] in {"DET", "PUNCT", "ADP"}:
            start += 1
        for k in range(head + 1, end):
            if (e.upos[k] == "PUNCT" and e.words[k] not in "-–./") or e.xpos[k] in {"WDT", "WP", "WRB"}:
                end = k
                break
        found.append((start, end, GUM_KINDS.get(kind, "other")))
    counts = [
        (k, k + 1, "quantity")
        for k in range(len(e.words))
        if e.xpos[k] == "CD" and e.deps[k] == "nummod" and e.upos[e.heads[k]] == "NOUN"
    ]
    return without_overlap(found) + [c for c in counts if not _overlaps(c, found)]


def _overlaps(one: tuple[int, int, str], others: list[tuple[int, int, str]]) -> bool:
    """Tell whether the range shares a word with one of the others."""
    return any(one[0] < o[1] and o[0] < one[1] for o in others)


def without_overlap(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Give the longest ranges of which no two share a word, in text order."""
    kept: list[tuple[int, int, str]] = []
    for one in sorted(set(found), key=lambda f: (f[0] - f[1], f)):
        if not _overlaps(one, kept):
            kept.append(one)
    return sorted(kept)


def read_re3d(path: Path) -> list[Example]:
    """Give the sentences of re3d with names only; words and sentences are ours."""
    found: list[Example] = []
    for record in jsonl(path):
        text = record["text"]
        for span in split(text, 0, len(text)):
            words = tokens(text, span)
            e = Example(record["id"], text[span[0] : span[1]], [text[a:b] for a, b in words])
            names = []
            for entity in record["entities"]:
                at = [k for k, (a, b) in enumerate(words) if a < entity["end"] and entity["start"] < b]
                if at and words[at[0]][0] == entity["start"] and words[at[-1]][1] == entity["end"]:
                    names.extend(_re3d_name(e.words, at[0], at[-1] + 1, entity["type"]))
            people = [n for n in names if n[2] == "person"]
            inner = [n for n in people if any(o != n and n[0] <= o[0] and o[1] <= n[1] for o in people)]
            e.names = without_overlap([n for n in names if n not in inner])
            found.append(e)
    return found


def _re3d_name(words: list[str], start: int, end: int, kind: str) -> list[tuple[int, int, str]]:
    """Give the name, in a list that is empty if the entity is a pronoun or common noun of no use here."""
    while start < end - 1 and words[start].lower() in {"the", "a", "an"}:
        start += 1
    mapped = RE3D_KINDS.get(kind)
    inside = words[start:end]
    if mapped is None or end - start > 10:
        return []
    if mapped in {"person", "place", "organization", "other"} and not any(w[0].isupper() for w in inside):
        return []
    if end - start == 1 and inside[0].lower() in {"we", "i", "it", "they", "he", "she"}:
        return []
    if mapped == "person" and any(w[0].islower() and w not in SMALL_WORDS - {"for", "of", "the"} for w in inside):
        return []
    return [(start, end, mapped)]


# ------------------------------------------------------------------ all of it


def load(gold: Path, part: str) -> dict[str, list[Example]]:
    """Give the sentences of one part (train, dev, test) by set: `ewt`, `gum`, and for train `re3d`."""
    language = gold / "language"
    ewt = read_conllu(language / "ud_ewt" / f"{part}.conllu")
    add_frames(ewt, jsonl(language / "propbank_ewt" / f"{part}.jsonl"))
    add_sayings(ewt, jsonl(gold / "attribution" / "propbank_ewt" / f"{part}.jsonl"))
    if part != "test":
        add_factuality(ewt, jsonl(gold / "factuality" / "uds_ih2" / f"{part}.jsonl"))
    gum = read_conllu(language / "ud_gum" / f"{part}.conllu")
    add_sayings(gum, jsonl(language / "gum" / f"{part}.jsonl"))
    for e in gum:
        e.names = gum_names(e)
    sets = {"ewt": ewt, "gum": gum}
    # Eight documents of re3d are kept to measure names on.
    re3d = read_re3d(gold / "events" / "re3d" / "dev.jsonl")
    kept = set(sorted({e.document for e in re3d})[::6])
    if part == "train":
        sets["re3d"] = [e for e in re3d if e.document not in kept]
    if part == "dev":
        sets["re3d"] = [e for e in re3d if e.document in kept]
    return sets
