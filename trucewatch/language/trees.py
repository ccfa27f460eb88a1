"""The best tree from the scores of arcs, and the words that hang on a word.

Heads here are word indices with -1 for the root; a row of `arc` scores the root first, then each word.

Layer: lowest of language. Imports nothing from the package.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
LOW = -1e9
# Above this length a tangle is repaired greedily: the exact way takes time that grows with the cube.
LONGEST_EXACT = 160


def best_heads(arc: Scores) -> list[int]:
    """Give the head of each word so that all make one tree with one root, at the highest total score."""
    heads: list[int] = (arc.argmax(axis=1) - 1).tolist()
    if is_tree(heads):
        return heads
    if len(heads) > LONGEST_EXACT:
        return _greedy(arc)
    return _exact(arc)


def is_tree(heads: list[int]) -> bool:
    """Tell whether there is one root and every word hangs on it in the end."""
    if heads.count(-1) != 1:
        return False
    sound: set[int] = {-1}
    for i in range(len(heads)):
        path = []
        at = i
        while at not in sound:
            if at in path:
                return False
            path.append(at)
            at = heads[at]
        sound.update(path)
    return True


def _exact(arc: Scores) -> list[int]:
    """Give the best tree (Chu-Liu and Edmonds); if it has several roots, the best with one of them alone."""
    n = arc.shape[0]
    full = np.full((n + 1, n + 1), LOW)
    full[1:, :] = arc
    np.fill_diagonal(full, LOW)
    heads = _edmonds(full)
    roots = [i for i in range(1, n + 1) if heads[i] == 0]
    if len(roots) > 1:
        heads = max((_rooted(full, r) for r in roots), key=lambda h: _total(full, h))
    return [h - 1 for h in heads[1:]]


def _rooted(full: NDArray[np.float64], root: int) -> list[int]:
    """Give the best tree whose only root is `root`."""
    tried = full.copy()
    tried[1:, 0] = LOW
    tried[root, 0] = 0.0
    return _edmonds(tried)


def _total(full: NDArray[np.float64], heads: list[int]) -> float:
    """Give the sum of the scores of the arcs."""
    return float(full[np.arange(1, len(heads)), heads[1:]].sum())


def _cycle(heads: list[int]) -> list[int]:
    """Give the nodes of a cycle among the heads (node 0 is the root), or an empty list."""
    colour = [0] * len(heads)
    colour[0] = 2
    for start in range(1, len(heads)):
        path = []
        at = start
        while colour[at] == 0:
            colour[at] = 1
            path.append(at)
            at = heads[at]
        if colour[at] == 1:
            return path[path.index(at) :]
        for node in path:
            colour[node] = 2
    return []


def _edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Give the best arborescence from node 0; `scores[i, j]` is that of j as the head of i."""
    heads: list[int] = scores.argmax(axis=1).tolist()
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    tied = set(cycle)
    rest = [v for v in range(len(heads)) if v not in tied]
    new = len(rest)
    shrunk = np.full((new + 1, new + 1), LOW)
    outside, inside = scores[rest], scores[cycle]
    shrunk[:new, :new] = outside[:, rest]
    within = outside[:, cycle]  # the cycle as a head
    leave = within.argmax(axis=1)
    shrunk[:new, new] = within.max(axis=1)
    held = np.array([scores[v, heads[v]] for v in cycle])
    into = inside[:, rest] - held[:, None]  # the cycle as a dependent
    enter = into.argmax(axis=0)
    shrunk[new, :new] = into.max(axis=0) + held.sum()
    shrunk[new, new] = LOW
    outer = _edmonds(shrunk)
    result = list(heads)
    for k, v in enumerate(rest):
        if v:
            result[v] = cycle[int(leave[k])] if outer[k] == new else rest[outer[k]]
    above = outer[new]
    result[cycle[int(enter[above])]] = rest[above]
    return result


def _greedy(arc: Scores) -> list[int]:
    """Give a tree by taking arcs from the best down where they close no cycle."""
    n = arc.shape[0]
    root = int(arc[:, 0].argmax())
    heads: list[int | None] = [None] * n
    heads[root] = -1
    for i in np.argsort(-arc[:, 1:].max(axis=1), kind="stable").tolist():
        if i == root:
            continue
        for choice in np.argsort(-arc[i, 1:], kind="stable").tolist():
            at: int | None = choice
            while at is not None and at not in (i, -1):
                at = heads[at]
            if at != i and choice != i:
                heads[i] = choice
                break
    return [root if h is None else h for h in heads]


class Tree:
    """The words of a sentence with their heads (-1 for the root) and relations."""

    __slots__ = ("deps", "heads", "kids", "words")

    def __init__(self, heads: list[int], deps: list[str], words: Sequence[str]) -> None:
        """Index the children of each word."""
        self.heads = heads
        self.deps = deps
        self.words = words
        self.kids: list[list[int]] = [[] for _ in heads]
        for i, h in enumerate(heads):
            if h >= 0:
                self.kids[h].append(i)

    def above(self, i: int) -> list[int]:
        """Give the head of `i`, the head's head, and so on."""
        found: list[int] = []
        at = self.heads[i]
        while at >= 0 and at not in found:
            found.append(at)
            at = self.heads[at]
        return found

    def below(self, i: int, without: int = -1) -> list[int]:
        """Give `i` and all that hangs on it, in text order; the branch that holds the word `without` is left out."""
        barred = -1
        if without >= 0 and without != i:
            line = [without, *self.above(without)]
            barred = line[line.index(i) - 1] if i in line else -1
        found = []
        todo = [i]
        while todo:
            at = todo.pop()
            if at != barred:
                found.append(at)
                todo += self.kids[at]
        found.sort()
        return found
