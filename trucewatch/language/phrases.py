"""Small questions to the tree of one sentence: who, whom, by whom, what phrase, and is it denied.

Every function is pure and takes a `Sentence` and token indices in it; -1 or None stands for "there is none".
Relations are Universal Dependencies; a subtype (`nsubj:pass`) counts as its base unless said otherwise.

Layer: above model. Imports only model.
"""

from __future__ import annotations

from trucewatch.model import Sentence, Span

SUBJECTS = frozenset({"nsubj", "csubj"})
OBJECTS = frozenset({"obj", "iobj"})
# What hangs on a noun and yet is no part of the thing that it names.
OUTSIDE_PHRASE = frozenset({"acl", "appos", "parataxis", "conj", "cc", "discourse", "vocative", "dislocated"})
# What belongs to a clause when a clause (not a noun) heads the span.
CLAUSE_LINKS = frozenset(
    {"nsubj", "csubj", "obj", "obl", "advcl", "ccomp", "xcomp", "aux", "cop", "mark", "expl", "advmod"}
)
NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none", "nothing"})


def base(dep: str) -> str:
    """Give the relation without its subtype."""
    return dep.partition(":")[0]


def children(s: Sentence, i: int) -> list[int]:
    """Give the tokens whose head is `i`, in text order; `children(s, -1)` gives the roots."""
    return [t.i for t in s.tokens if t.head == i]


def children_with(s: Sentence, i: int, *deps: str) -> list[int]:
    """Give the children of `i` by one of `deps`; a base relation matches its subtypes too."""
    return [t.i for t in s.tokens if t.head == i and (t.dep in deps or base(t.dep) in deps)]


def subtree(s: Sentence, i: int, without: frozenset[int] = frozenset()) -> list[int]:
    """Give `i` and all that hangs on it, in text order; branches headed by a token of `without` are left out."""
    below: dict[int, list[int]] = {}
    for t in s.tokens:
        below.setdefault(t.head, []).append(t.i)
    found: list[int] = []
    seen: set[int] = set()
    todo = [i]
    while todo:
        at = todo.pop()
        if at in seen or at in without:
            continue
        seen.add(at)
        found.append(at)
        todo.extend(below.get(at, ()))
    return sorted(found)


def phrase_span(s: Sentence, i: int) -> Span:
    """Give the token range of the phrase that `i` heads.

    Relative clauses, appositions, further conjuncts, and punctuation or a preposition at its edges are left
    out, so `the 12 fighters` and not `of the 12 fighters, who fled`. The range always holds `i`.
    """
    keep = {i}
    for c in children(s, i):
        t = s.tokens[c]
        if base(t.dep) in OUTSIDE_PHRASE or t.dep == "advmod:relcl":
            continue
        if base(t.dep) in {"case", "mark", "cop", "aux", "punct"} and not (i < c):
            continue
        if _copular(s, i) and base(t.dep) in CLAUSE_LINKS:
            continue
        keep.update(subtree(s, c))
    return _trim(s, i, _run(keep, i))


def _copular(s: Sentence, i: int) -> bool:
    """Tell whether the noun or adjective `i` is what is said of a subject (`he is a soldier`)."""
    return bool(children_with(s, i, "cop", "nsubj"))


def _run(keep: set[int], i: int) -> Span:
    """Give the longest unbroken range around `i`; single gaps (a quote, a comma left out) are bridged."""
    start = end = i
    while start - 1 in keep or start - 2 in keep:
        start -= 1 if start - 1 in keep else 2
    while end + 1 in keep or end + 2 in keep:
        end += 1 if end + 1 in keep else 2
    return start, end + 1


OPENERS = {")": "(", "]": "[", "”": "“", "’": "‘"}


def _trim(s: Sentence, i: int, span: Span) -> Span:
    """Take punctuation off both edges, save a closing bracket or quote whose opener stands in the span."""
    start, end = span
    while start < i and s.tokens[start].upos == "PUNCT" and s.tokens[start].text not in {"(", "[", "“", '"'}:
        start += 1
    while end - 1 > i and s.tokens[end - 1].upos == "PUNCT":
        opener = OPENERS.get(s.tokens[end - 1].text)
        if opener and any(t.text == opener for t in s.tokens[start : end - 1]):
            break
        end -= 1
    return start, end


def subject(s: Sentence, i: int) -> int:
    """Give the subject of the predicate `i`, or -1.

    A conjunct without a subject of its own takes that of the first conjunct, an open complement (xcomp) that
    of its governor, the verb of a relative clause the noun it stands by (or -1 if the verb is an object
    relative: `the town they shelled`).
    """
    seen: set[int] = set()
    while i not in seen and i >= 0:
        seen.add(i)
        own = children_with(s, i, *SUBJECTS)
        if own:
            # of two, one that a preposition stands before ("In Avdiivka, an officer told") is no subject
            bare = [c for c in own if not children_with(s, c, "case")]
            return _antecedent(s, i, (bare or own)[0])
        t = s.tokens[i]
        if base(t.dep) == "conj" and s.tokens[t.head].upos in {"VERB", "AUX", "ADJ", "NOUN"}:
            i = t.head
        elif base(t.dep) == "xcomp":
            governor_objects = children_with(s, t.head, "obj")
            if governor_objects:
                return governor_objects[0]
            i = t.head
        elif base(t.dep) == "acl" and t.dep != "acl:relcl" and t.xpos == "VBG":
            return t.head
        else:
            return -1
    return -1


def _antecedent(s: Sentence, i: int, found: int) -> int:
    """Give the noun that a relative pronoun stands for, or the token itself."""
    t = s.tokens[i]
    relative = s.tokens[found].lemma.lower() in {"who", "which", "that", "whom"}
    if relative and t.dep == "acl:relcl" and s.tokens[found].xpos in {"WP", "WDT", "WP$"}:
        return t.head
    return found


def objects(s: Sentence, i: int) -> list[int]:
    """Give what the predicate `i` acts on: its objects, or its subject when it is passive; conjuncts included."""
    if is_passive(s, i):
        found = subject(s, i)
        heads = [found] if found >= 0 else []
        t = s.tokens[i]
        if not heads and base(t.dep) == "acl":
            heads = [t.head]
    else:
        heads = [_antecedent(s, i, o) for o in children_with(s, i, *OBJECTS)]
    return sorted({c for h in heads for c in conjuncts(s, h)})


def is_passive(s: Sentence, i: int) -> bool:
    """Tell whether the predicate `i` is passive: `was killed`, `got hit`, or `troops killed in the attack`."""
    deps = {s.tokens[c].dep for c in children(s, i)}
    if deps & {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent"}:
        return True
    t = s.tokens[i]
    if base(t.dep) == "conj" and t.xpos == "VBN" and not any(base(d) in SUBJECTS | {"aux"} for d in deps):
        return is_passive(s, t.head) if t.head >= 0 and s.tokens[t.head].upos == "VERB" else False
    return t.dep == "acl" and t.xpos == "VBN"


def passive_agent(s: Sentence, i: int) -> int:
    """Give the head of the agent of the passive predicate `i` (`by the army`), or -1."""
    for c in children_with(s, i, "obl", "nmod"):
        if s.tokens[c].dep == "obl:agent":
            return c
        marks = {s.tokens[m].text.lower() for m in children_with(s, c, "case")}
        if "by" in marks and is_passive(s, i) and s.tokens[c].dep in {"obl", "nmod"}:
            return c
    return -1


def negated(s: Sentence, i: int) -> bool:
    """Tell whether `i` itself is denied: by `not`, `never`, `no`, `without`, or an object or subject `no one`."""
    for c in children(s, i):
        t = s.tokens[c]
        word = t.text.lower()
        if word in NEGATORS and base(t.dep) in {"advmod", "det", "nsubj", "obj", "cc", "obl"}:
            return True
        if base(t.dep) in {"case", "mark"} and word == "without":
            return True
        if base(t.dep) in {"nsubj", "obj"} and any(s.tokens[d].text.lower() == "no" for d in children(s, c)):
            return True
    return False


def conjuncts(s: Sentence, i: int) -> list[int]:
    """Give `i` and all tokens joined to it as conjuncts below it, in text order (`i` alone if there are none)."""
    found = [i]
    for at in found:
        found.extend(c for c in children_with(s, at, "conj") if c not in found)
    return sorted(found)


def root_of(s: Sentence) -> int:
    """Give the root of the sentence, or -1 if it has no tokens."""
    return next((t.i for t in s.tokens if t.head == -1), -1)


def head_of_span(s: Sentence, span: Span) -> int:
    """Give the token of the range [start, end) that governs it: its head lies outside; the topmost of several.

    Punctuation heads a range only if nothing else does. An empty range gives -1.
    """
    start, end = span
    outer = [i for i in range(start, end) if not start <= s.tokens[i].head < end]
    if not outer:
        return -1
    words = [i for i in outer if s.tokens[i].upos != "PUNCT"] or outer
    return min(words, key=lambda i: (len(path_up(s, i)), i))


def token_at(s: Sentence, offset: int) -> int:
    """Give the token that holds the code point `offset` (absolute in the report's text), or -1."""
    low, high = 0, len(s.tokens)
    while low < high:
        middle = (low + high) // 2
        if s.tokens[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low if low < len(s.tokens) and s.tokens[low].start <= offset else -1


def path_up(s: Sentence, i: int) -> list[int]:
    """Give `i`, its head, the head's head ... up to the root."""
    path: list[int] = []
    while i >= 0 and i not in path:
        path.append(i)
        i = s.tokens[i].head
    return path
