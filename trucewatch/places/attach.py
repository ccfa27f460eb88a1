"""How a place mention hangs on an event: under which verb, as what, by which preposition.

Layer: places. Imports only model, language.phrases and this folder.
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.language.phrases import (
    OBJECTS,
    SUBJECTS,
    base,
    children_with,
    head_of_span,
    path_up,
    token_at,
)
from trucewatch.model import PlaceMention, Sentence
from trucewatch.places.tables import load_tables

FROM = frozenset(["from"])
TO = frozenset(["to", "into", "towards", "toward", "for", "onto"])


@dataclass(frozen=True, slots=True)
class Tie:
    """A place mention and its tie to an event: the lower `distance`, the closer."""

    mention: PlaceMention
    head: int  # its token
    verb: int  # the predicate that it hangs on
    distance: int  # 0 its own clause, 1 the verb that governs it or its conjunct, 2 within an argument's clause
    relation: str  # subject | object | oblique | inner (within an argument)
    marks: frozenset[str]  # its prepositions
    actor: bool  # inside the words for who does it: "gunners in X fired"


def ties(s: Sentence, i: int, mentions: list[PlaceMention]) -> list[Tie]:
    """Give the ties of the mentions of a sentence to the predicate `i`, in text order, where there is one."""
    found = []
    for mention in mentions:
        tie = _tie(s, i, mention)
        if tie is not None:
            found.append(tie)
    return found


def head_token(s: Sentence, mention: PlaceMention) -> int:
    """Give the token that heads a mention, or -1."""
    if mention.span is None:
        return -1
    first, last = token_at(s, mention.span[0]), token_at(s, mention.span[1] - 1)
    return head_of_span(s, (first, last + 1)) if 0 <= first <= last else -1


def _tie(s: Sentence, i: int, mention: PlaceMention) -> Tie | None:
    head = head_token(s, mention)
    if head < 0 or _owner(s, head, mention):
        return None
    path = path_up(s, head)
    first = token_at(s, (mention.span or (0, 0))[0])
    if first == i + 1 and i not in path and s.tokens[i].upos in ("VERB", "NOUN"):
        return Tie(mention, head, i, 0, "object", frozenset(), False)  # "leave X", whatever the parse made of it
    if i in path and i != head:
        at = path.index(i)
        between = [k for k in path[1:at] if s.tokens[k].upos == "VERB"]
        if any(base(s.tokens[k].dep) in ("conj", "parataxis") for k in between):
            return None  # the place of a further happening
        distance = 0 if not between else 2
        verb = between[0] if between else i
    else:
        verb = next((k for k in path[1:] if s.tokens[k].upos in ("VERB", "AUX") or k == i), -1)
        if verb < 0:
            verb = path[-1]
        far = _apart(s, i, verb)
        if far is None:
            return None
        distance, at = far, path.index(verb)
    relation = _relation(s, path, at if distance == 0 else path.index(verb))
    return Tie(mention, head, verb, distance, relation, _marks(s, head, mention), _in_actor(s, path, verb))


def _owner(s: Sentence, head: int, mention: PlaceMention) -> bool:
    """Whether a place only owns something ("Syria's civil war"), also where the apostrophe was lost."""
    return s.tokens[head].dep == "nmod:poss" or s.tokens[head].end > (mention.span or (0, 0))[1]


def _apart(s: Sentence, i: int, verb: int) -> int | None:
    """How far the predicate `verb` is from the event `i` where neither hangs on the other by way of the mention."""
    t = s.tokens[i]
    if verb == i:
        return 0
    if t.upos != "VERB":  # "an exchange of fire was resumed in X"
        governors = [k for k in path_up(s, i)[1:] if s.tokens[k].upos in ("VERB", "AUX")]
        if governors and governors[0] == verb:
            return 1
    up = path_up(s, i)
    if verb in up:
        steps = up[: up.index(verb)]
        if all(base(s.tokens[k].dep) in ("conj", "xcomp", "advcl", "parataxis", "ccomp") for k in steps):
            return 1 if all(base(s.tokens[k].dep) in ("conj", "xcomp") for k in steps) else 2
    return None


def _relation(s: Sentence, path: list[int], at: int) -> str:
    """What the mention is to the predicate at path[at]: by the relation of the token below it."""
    below = path[at - 1] if at >= 1 else path[0]
    dep = base(s.tokens[below].dep)
    while dep == "conj" and path.index(below) + 1 < len(path):
        below = path[path.index(below) + 1]
        dep = base(s.tokens[below].dep)
    own = below == path[0]
    if dep in SUBJECTS:
        return "subject" if own else "inner"
    if dep in OBJECTS:
        return "object" if own else "inner"
    return "oblique" if own or dep in ("obl", "nmod", "advmod") else "inner"


def _marks(s: Sentence, head: int, mention: PlaceMention) -> frozenset[str]:
    """The prepositions of a mention: those of its head, and the word before it."""
    found = {s.tokens[c].text.lower() for c in children_with(s, head, "case")}
    first = token_at(s, (mention.span or (0, 0))[0])
    if first > 0 and s.tokens[first - 1].upos in ("ADP", "SCONJ", "PART"):
        found.add(s.tokens[first - 1].text.lower())
    return frozenset(found)


def armed_there(s: Sentence, head: int, mention: PlaceMention) -> bool:
    """Tell whether a mention tells where men under arms are ("gunners in X"), by its governor or words before it."""
    armed = load_tables().armed
    first = token_at(s, (mention.span or (0, 0))[0])
    above = s.tokens[head].head
    nouns = [above] if above >= 0 and base(s.tokens[head].dep) == "nmod" else []
    nouns += [first - 2] if first >= 2 and s.tokens[first - 1].text.lower() in ("in", "at", "near", "of") else []
    lemmas = {form for k in nouns for form in (s.tokens[k].lemma.lower(), s.tokens[k].text.lower().removesuffix("s"))}
    return bool(lemmas & armed)


def _in_actor(s: Sentence, path: list[int], verb: int) -> bool:
    """Whether the mention stands inside the words for people: a subject, an agent, or what they are called by."""
    people = load_tables().people
    for k in path[1:]:
        if k == verb:
            return False
        t = s.tokens[k]
        if t.lemma.lower() in people or t.lemma.lower().removesuffix("s") in people:
            passive = t.dep == "nsubj:pass" or base(t.dep) in OBJECTS
            return not passive
    return False
