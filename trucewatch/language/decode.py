"""Turn the raw numbers of one sentence into names, frames and sayings: pure functions over a tree.

Layer: above model. Imports model and trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from trucewatch.language.trees import Tree
from trucewatch.model import Frame, FrameArg, Name, Saying, Span

ONE_WORD = frozenset({"ARGM-LVB", "ARGM-PRR", "ARGM-MOD", "ARGM-NEG"})
BESIDE_COPULA = frozenset(
    [
        "nsubj",
        "csubj",
        "cop",
        "aux",
        "mark",
        "expl",
        "conj",
        "cc",
        "parataxis",
        "discourse",
        "vocative",
        "dislocated",
    ]
)
BEFORE_NAME = frozenset({"DET", "PUNCT", "ADP", "CCONJ", "SCONJ", "AUX"})
AFTER_NAME = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "DET", "AUX"})
DENIALS = frozenset({"not", "n't", "n’t", "never"})


class Link(NamedTuple):
    """A word tied to a governor by a label; `margin` is by how much the label beat `no link`."""

    word: int
    label: str
    margin: float


def names_of(tags: Sequence[str], upos: Sequence[str]) -> tuple[Name, ...]:
    """Give the names that BIO tags mark; an I- that continues nothing opens a name.

    Articles, prepositions and marks at the edges belong to no name.
    """
    found: list[Name] = []
    start = -1
    kind = ""
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[0] != "I" or tag[2:] != kind):
            end = i
            while start < end and upos[start] in BEFORE_NAME:
                start += 1
            while start < end and upos[end - 1] in AFTER_NAME:
                end -= 1
            if start < end:
                found.append(Name(start, end, kind))
            start = -1
        if start < 0 and tag != "O":
            start, kind = i, tag[2:]
    return tuple(found)


def single(links: Sequence[Link], once: Callable[[str], bool]) -> list[Link]:
    """Give the links with at most one of each label for which `once` holds: the one with the widest margin."""
    best: dict[str, Link] = {}
    for link in links:
        held = best.get(link.label)
        if held is None or link.margin > held.margin:
            best[link.label] = link
    return [x for x in links if not once(x.label) or best[x.label] is x]


def argument_span(tree: Tree, head: int, governor: int, label: str = "") -> Span:
    """Give the range that an argument headed by `head` covers, less the branch that holds its governor."""
    if head == governor or label in ONE_WORD:
        return head, head + 1
    kept = _covered(tree, head, governor)
    start = end = head
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    start, end = _edges(tree.words, start, end, head)
    return start, end + 1


def _covered(tree: Tree, head: int, governor: int) -> set[int]:
    """Give the words that `head` covers as an argument of `governor`."""
    kept = set(tree.below(head, without=governor))
    if tree.heads[governor] == head and tree.deps[governor] in {"cop", "aux", "aux:pass"}:
        outside = BESIDE_COPULA  # of `he is a hairdresser and has moved` only `a hairdresser` is what he is
    elif head in tree.above(governor):
        outside = frozenset({"case"})  # the noun of a relative clause, without its own preposition
    else:
        return kept
    for i in tree.kids[head]:
        denied = outside is BESIDE_COPULA and tree.words[i].lower() in DENIALS
        if i in kept and (tree.deps[i].partition(":")[0] in outside or denied):
            kept.difference_update(tree.below(i))
    return kept


def _edges(words: Sequence[str], start: int, end: int, head: int) -> Span:
    """Take marks off both edges of the range of words from start to end, both inclusive."""
    while start < head and _mark(words[start], opening=True):
        start += 1
    while end > head and _mark(words[end], opening=False):
        end -= 1
    return start, end


def _mark(word: str, opening: bool) -> bool:
    """Tell whether the word is a mark that no argument begins (or ends) with."""
    kept = "([$€£#@" if opening else ")]%°"
    return not any(c.isalnum() for c in word) and word[0] not in kept


def frames_of(tree: Tree, senses: Sequence[str | None], roles: Sequence[Sequence[Link]]) -> tuple[Frame, ...]:
    """Give the frames: `senses` holds None off predicates, `roles[p]` the (word, label) pairs of predicate p."""
    found = []
    for p, sense in enumerate(senses):
        if sense is None:
            continue
        args = []
        for word, label, _ in single(roles[p], lambda label: label[:3] == "ARG" and label[3:].isdigit()):
            if not any(c.isalnum() for c in tree.words[word]):
                continue
            start, end = argument_span(tree, word, p, label)
            args.append(FrameArg(label, word, start, end))
        found.append(Frame(p, sense, tuple(args)))
    return tuple(found)


def cues_of(tags: Sequence[str]) -> list[list[int]]:
    """Give the runs of words that B and I tags mark."""
    found: list[list[int]] = []
    for i, tag in enumerate(tags):
        if tag == "I" and found and found[-1][-1] == i - 1:
            found[-1].append(i)
        elif tag != "O":
            found.append([i])
    return found


def sayings_of(tree: Tree, tags: Sequence[str], links: Sequence[Sequence[Link]]) -> tuple[Saying, ...]:
    """Give the attributions that have a source or a content: `links[c]` holds the (word, label) pairs of cue c."""
    found = []
    for cue in cues_of(tags):
        parts: dict[str, set[int]] = {"source": set(), "content": set()}
        for word, label, _ in single(links[cue[0]], lambda label: True):
            if word not in cue:
                parts[label].update(said_words(tree, word, cue, label))
        if parts["source"] and not parts["content"]:
            parts["content"].update(_clause_said(tree, cue))
        parts["content"] -= parts["source"]
        if parts["source"] or parts["content"]:
            found.append(Saying(tuple(cue), tuple(sorted(parts["source"])), tuple(sorted(parts["content"]))))
    held = {w for y in found for w in y.cue}
    found += [y for y in _according(tree) if not held & set(y.cue)]
    return tuple(sorted(found, key=lambda y: y.cue))


def _clause_said(tree: Tree, cue: list[int]) -> set[int]:
    """Give the clause that the tree ties to the cue: `shells fell, activists said`, `he said shells fell`."""
    for c in cue:
        clauses = [k for k in tree.kids[c] if tree.deps[k] == "ccomp"]
        if clauses:
            return said_words(tree, clauses[0], cue, "content")
        if tree.deps[c] == "parataxis" and tree.heads[c] < c:
            return said_words(tree, tree.heads[c], cue, "content")
    return set()


def _according(tree: Tree) -> Iterator[Saying]:
    """Give the attributions by `according to`, which the training sets hardly know."""
    for i, word in enumerate(tree.words[:-2]):
        if word.lower() != "according" or tree.words[i + 1].lower() != "to":
            continue
        nouns = [k for k in tree.kids[i] if k > i + 1]
        noun = tree.heads[i] if tree.deps[i] == "case" else (nouns[0] if nouns else -1)
        clause = tree.heads[noun] if tree.deps[i] == "case" else tree.heads[i]
        if noun <= i:
            continue
        source = said_words(tree, noun, [i, i + 1], "source")
        content = said_words(tree, clause, [i, i + 1], "content") - source if clause >= 0 else set()
        yield Saying((i, i + 1), tuple(sorted(source)), tuple(sorted(content)))


def said_words(tree: Tree, head: int, cue: list[int], label: str) -> set[int]:
    """Give the words that hang on `head`, less the cue's branch and the marks at the edges.

    A source loses its preposition: of `asserted by the Crown` it is `the Crown`.
    """
    kept = [w for w in tree.below(head, without=cue[0]) if w not in cue]
    if label == "source":
        cases = {i for i in tree.kids[head] if tree.deps[i] == "case" and i < head}
        kept = [w for w in kept if w not in cases]
    while kept and kept[0] != head and _mark(tree.words[kept[0]], opening=True):
        kept.pop(0)
    while kept and kept[-1] != head and _mark(tree.words[kept[-1]], opening=False):
        kept.pop()
    return set(kept)
