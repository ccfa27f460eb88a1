"""Whether a count belongs to an event of its sentence, by the tree between them."""

from __future__ import annotations

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.count_governors import Governor, acted, does
from trucewatch.coding.count_heads import Counted, lookup
from trucewatch.coding.count_tables import Tables
from trucewatch.language.phrases import (
    base,
    children_with,
    is_passive,
    objects,
    passive_agent,
    path_up,
    subject,
)
from trucewatch.model import Sentence

#: Relations by which one clause tells what followed from another.
FOLLOWING = ("advcl", "acl", "conj", "xcomp", "parataxis", "dep", "appos")
_UNDERGOING = ("die", "perish", "suffer", "sustain")
_CLAUSES = ("root", "conj", "advcl", "acl", "ccomp", "xcomp", "parataxis", "csubj", "dep")


#: What an event is done with, and so may hang on it with "with", "by" or "of".
_GROUPS = ("crowd", "group", "convoy", "gathering", "wave", "total", "column", "party")
_AMMUNITION = ("shells", "rockets", "missiles", "bombs", "shots", "drones", "strikes", "aircraft")


def linked(s: Sentence, trigger: int, who: Counted, found: Governor | None, tables: Tables, harm: bool) -> bool:
    """Whether the counted are those that an event at `trigger` befell, moved or used.

    `harm`: whether it is an event that can hurt, whose casualties may be told in a clause of their own.
    """
    if trigger in (who.noun, who.head) or (found and found.token == trigger):
        return True
    if is_argument(s, trigger, who):
        return True
    if who.thing is not None:
        t = s.tokens[who.head]
        return who.thing in _AMMUNITION and t.head == trigger and base(t.dep) in ("nmod", "obl")
    if found is None or found.what not in tables.casualty or not harm:
        return False
    return _same_or_following(s, trigger, found.token, tables)


def what_for(s: Sentence, trigger: int, who: Counted, tables: Tables) -> str | None:
    """What an event tells of the counted when they are its own subject or object, or None."""
    t = s.tokens[trigger]
    if t.upos != "VERB":
        return None
    heads = {who.head, who.noun}
    if is_passive(s, trigger) or (not heads & {subject(s, trigger)} and heads & set(objects(s, trigger))):
        return acted(s, t, tables) if heads & set(objects(s, trigger)) else None
    return does(s, t, tables) if subject(s, trigger) in heads else None


def is_argument(s: Sentence, trigger: int, who: Counted) -> bool:
    """Whether the counted are the subject or object of the event's verb (a shared subject included)."""
    if s.tokens[trigger].upos != "VERB":
        return False
    heads = {who.head, who.noun} - {-1}
    above = s.tokens[who.head].head
    if above >= 0 and base(s.tokens[who.head].dep) == "nmod" and lookup(s.tokens[above]) in _GROUPS:
        heads.add(above)
    if heads & set(objects(s, trigger)):
        return True
    return not is_passive(s, trigger) and subject(s, trigger) in heads


def _clause(s: Sentence, i: int) -> int:
    """The word that heads the clause of a token."""
    for at in path_up(s, i):
        t = s.tokens[at]
        if t.upos in ("VERB", "AUX") or (base(t.dep) in _CLAUSES and t.head < 0):
            return at
    return i


def _same_or_following(s: Sentence, trigger: int, told: int, tables: Tables) -> bool:
    low, high = sorted((trigger, told))
    if any(t.text == ";" for t in s.tokens[low:high]):
        return False
    mine, theirs = _clause(s, trigger), _clause(s, told)
    if told != theirs and trigger in path_up(s, told):
        return True
    if mine == theirs:
        return True
    if _foreign_act(s, theirs, trigger, tables):
        return False
    path = path_up(s, theirs)
    if mine in path or trigger in path:
        stop = path.index(mine) if mine in path else path.index(trigger)
        return all(_follows(s, at) for at in path[:stop])
    above = path_up(s, mine)
    if theirs not in above:
        return False
    return not any(_own_deed(s, at) for at in above[: above.index(theirs)])


def _own_deed(s: Sentence, at: int) -> bool:
    """Whether a clause is joined to the one above it with a subject of its own."""
    joined = base(s.tokens[at].dep) in ("conj", "parataxis")
    return joined and bool(children_with(s, at, "nsubj"))


def _follows(s: Sentence, at: int) -> bool:
    """Whether a clause tells what followed from the one above it, and not a deed of somebody else."""
    t = s.tokens[at]
    if base(t.dep) not in FOLLOWING:
        return False
    if base(t.dep) in ("conj", "parataxis") and t.upos == "VERB":
        own = children_with(s, at, "nsubj")
        acts = own and not is_passive(s, at) and form_in(t, _UNDERGOING) not in _UNDERGOING
        return not acts and passive_agent(s, at) < 0
    return True


def _foreign_act(s: Sentence, clause: int, trigger: int, tables: Tables) -> bool:
    """Whether a clause names an act of its own, other than the event, as what did it."""
    named = [c for c in children_with(s, clause, "nsubj", "obl") if lookup(s.tokens[c]) in tables.acts]
    return any(c != trigger and trigger not in path_up(s, c) for c in named) and trigger not in named
