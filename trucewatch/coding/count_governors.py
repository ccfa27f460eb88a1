"""What happened to those whom a number counts, told by the word that governs them in the tree.

"12 people were killed" (object of a passive), "some 40 arrived" (subject), "the death of three" (noun),
"12 wounded" (state). Where the tree tells nothing the nearest casualty word of the clause decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.count_heads import Counted, lookup, state_of
from trucewatch.coding.count_tables import Tables
from trucewatch.language.phrases import base, children, children_with, is_passive
from trucewatch.model import Sentence, Token

#: How far the tree is climbed from the noun to the word that governs it.
STEPS = 6
#: How many tokens the fallback looks right and left.
RIGHT, LEFT = 16, 3
_BOUNDS = (
    "at",
    "least",
    "most",
    "more",
    "than",
    "up",
    "to",
    "some",
    "about",
    "around",
    "nearly",
    "over",
    "almost",
)
_WAYS = frozenset({"corridor", "crossing", "route", "passage", "checkpoint", "exit", "bridge"})
_TAKING = ("take", "rush", "hold", "bring")
_LETTING = ("let", "allow", "permit", "wave")
_SUFFERING = ("sustain", "suffer", "receive")
_FINDING = ("find", "recover", "discover")
_CLAUSE_ENDS = (",", ";", ":", "(", ")", ".", "while", "but", "whereas")


@dataclass(frozen=True, slots=True)
class Governor:
    """The word that tells what happened, and what it tells."""

    token: int
    what: str


def governor(s: Sentence, who: Counted, tables: Tables) -> Governor | None:
    """What happened to the counted, and the word that tells it; None where the words do not tell."""
    found = _found(s, who, tables)
    return _either(s, found, who, tables) if found is not None else None


def _found(s: Sentence, who: Counted, tables: Tables) -> Governor | None:
    beside = _state_beside(s, who, tables)
    beside = beside or _state_before(s, who, tables)
    if beside is not None:
        return beside
    by_tree = _climb(s, who.head, tables)
    if by_tree is None and who.noun >= 0 and who.noun != who.head:
        by_tree = _climb(s, who.noun, tables) if s.tokens[who.noun].head != who.head else None
    if by_tree is not None:
        return by_tree
    for i in sorted({who.noun, who.head} - {-1}):
        own = _own(s, i, tables)
        if own is not None:
            return own
    return _nearby(s, who, tables)


def _state_beside(s: Sentence, who: Counted, tables: Tables) -> Governor | None:
    """The state told by the word right after a count ("leaving 27 people dead", "dozens others wounded")."""
    at = who.last + 1
    if at >= len(s.tokens) or s.tokens[at].upos not in ("VERB", "ADJ", "NOUN"):
        return None
    what = tables.by_state.get(s.tokens[at].text.lower())
    following = s.tokens[at + 1] if at + 1 < len(s.tokens) else None
    modifies = following is not None and following.upos in ("NOUN", "PROPN")
    if base(s.tokens[at].dep) in ("nsubj", "obj") and s.tokens[who.head].head == at:
        return None  # "evacuated 22 wounded": the state stands as a noun, its verb tells more
    acts = s.tokens[at].upos == "VERB" and not _undergone(s, s.tokens[at])
    return Governor(at, what) if what in tables.casualty and not modifies and not acts else None


def _undergone(s: Sentence, verb: Token) -> bool:
    """Whether a verb of harm tells what its subject underwent ("12 killed in", "people were hurt")."""
    following = s.tokens[verb.i + 1].upos if verb.i + 1 < len(s.tokens) else "PUNCT"
    closed = following in ("ADP", "PUNCT", "ADV", "SCONJ", "CCONJ", "AUX") and not children_with(s, verb.i, "obj")
    bounds = (
        verb.i + 2 < len(s.tokens)
        and s.tokens[verb.i + 1].text.lower() in _BOUNDS
        and any(t.upos == "NUM" for t in s.tokens[verb.i + 2 : verb.i + 5])
    )
    return (is_passive(s, verb.i) and not bounds) or (closed and not bounds)


def _state_before(s: Sentence, who: Counted, tables: Tables) -> Governor | None:
    """The casualty verb right before a count ("wounded seven others", "killing three")."""
    first = _first(s, who)
    after = s.tokens[who.last + 1].text.lower() if who.last + 1 < len(s.tokens) else ""
    if first < 1 or after in tables.by_state or s.tokens[first - 1].upos not in ("VERB", "ADJ"):
        return None
    what = acted(s, s.tokens[first - 1], tables)
    helped = first > 1 and s.tokens[first - 2].upos == "AUX"
    told = what is not None and (what in tables.casualty or s.tokens[first - 1].upos == "VERB")
    return Governor(first - 1, what) if told and what is not None and not helped else None


def _first(s: Sentence, who: Counted) -> int:
    """The first token of a count's wording, its bounding words included."""
    first = min(i for i in (who.first, who.head, who.noun) if i >= 0)
    while first > 0 and s.tokens[first - 1].text.lower() in _BOUNDS:
        first -= 1
    return first


def _either(s: Sentence, found: Governor, who: Counted, tables: Tables) -> Governor:
    """ "13 dead and wounded", "killed or injured 50": either, where one number stands for both."""
    at = found.token
    for state, other, joint in (
        (at, at + 2, at + 1),
        (at, at - 2, at - 1),
        (who.last, who.last + 2, who.last + 1),
    ):
        if not 0 <= other < len(s.tokens) or s.tokens[joint].text.lower() not in ("and", "or", "/"):
            continue
        if any(t.upos == "NUM" for t in s.tokens[other + 1 : other + 4]) and other > who.last:
            continue
        if {_state_word(s.tokens[other], tables), found.what} == {"killed", "wounded"}:
            apart = children_with(s, other, "obj") if state == who.last else []
            joined = apart or (state == at and _own_objects(s, s.tokens[min(state, other)]))
            return found if joined else Governor(at, "killed_or_wounded")
    return found


def _state_word(t: Token, tables: Tables) -> str | None:
    """The state that a word tells: an adjective, or a verb of harm in any form."""
    return tables.by_state.get(t.text.lower()) or (
        tables.by_object.get(form_in(t, tables.by_object)) if t.upos == "VERB" else None
    )


def _climb(s: Sentence, i: int, tables: Tables) -> Governor | None:
    for _ in range(STEPS):
        t = s.tokens[i]
        if t.head < 0:
            return None
        head = s.tokens[t.head]
        told = _told(s, t, head, tables)
        if told is not None:
            return Governor(head.i, told)
        passes = base(t.dep) in (
            "conj", "appos", "nummod", "amod", "det", "compound", "flat", "fixed", "dep", "list", "advmod", "goeswith",
        )  # fmt: skip
        if not passes and not _part(s, t):
            return _object_state(s, t, head, tables)
        i = head.i
    return None


def _part(s: Sentence, t: Token) -> bool:
    """Whether a noun tells a part of the one it hangs on ("12 people, including three children")."""
    cases = {s.tokens[c].text.lower() for c in children(s, t.i) if base(s.tokens[c].dep) in ("case", "mark")}
    return base(t.dep) in ("nmod", "acl", "obl") and bool(cases & {"including", "among", "of", "with"})


def _told(s: Sentence, t: Token, head: Token, tables: Tables) -> str | None:
    """What the head tells of its dependent by their relation."""
    relation = base(t.dep)
    if relation == "nsubj":
        if t.dep == "nsubj:pass" or (head.upos == "VERB" and is_passive(s, head.i)):
            helped = any(base(s.tokens[c].dep) == "aux" for c in children(s, head.i))
            return acted(s, head, tables) or (None if helped else does(s, head, tables))
        if head.text.lower() in tables.by_state and head.upos == "VERB" and _undergone(s, head):
            return acted(s, head, tables)
        if head.upos in ("ADJ", "NOUN", "PROPN", "NUM") or head.text.lower() in ("dead", "missing"):
            return tables.by_state.get(head.text.lower())
        return _complement(s, head, tables) or does(s, head, tables)
    if relation in ("obj", "iobj"):
        undergone = acted(s, head, tables)
        return undergone if undergone in tables.casualty else _object_state_what(s, t, head, tables) or undergone
    if relation == "obl" and t.i > head.i and not any(base(s.tokens[c].dep) == "case" for c in children(s, t.i)):
        undergone = acted(s, head, tables)
        return undergone if undergone in tables.casualty else None
    if relation in ("nmod", "obl", "compound", "nummod", "amod", "det") and head.upos in (
        "NOUN",
        "PROPN",
        "ADJ",
        "VERB",
    ):
        return _of_noun(s, t, head, tables)
    return None


def _reached(s: Sentence, head: Token, tables: Tables) -> str | None:
    """ "The number of displaced reached 500,000": told by the subject."""
    subjects = [s.tokens[c] for c in children_with(s, head.i, "nsubj")]
    told = (_number_of(s, c, tables) or _toll(s, c, tables) for c in subjects)
    return next((what for what in told if what), None)


def acted(s: Sentence, verb: Token, tables: Tables) -> str | None:
    """What the object of a verb undergoes; two verbs joined ("killed or wounded") tell either."""
    lemma = form_in(verb, tables.by_object)
    what = tables.by_object.get(lemma)
    if form_in(verb, _TAKING) in _TAKING:
        return _taken(s, verb)
    if form_in(verb, ("force",)) == "force":
        near = {t.text.lower() for t in s.tokens[verb.i + 1 : verb.i + 9]}
        return "displaced" if near & {"flee", "leave", "homes", "evacuate"} else None
    if form_in(verb, _LETTING) in _LETTING:
        near = {t.text.lower() for t in s.tokens[verb.i + 1 : verb.i + 5]}
        return "crossed" if near & {"through", "across", "cross", "pass"} else None
    if lemma == "shoot" and any(
        s.tokens[c].text.lower() == "dead" for c in range(verb.i + 1, min(verb.i + 4, len(s.tokens)))
    ):
        return "killed"
    joined = [
        tables.by_object.get(form_in(s.tokens[c], tables.by_object))
        for c in children_with(s, verb.i, "conj")
        if s.tokens[c].i - verb.i == 2
    ]
    if {what, *joined} >= {"killed", "wounded"}:
        return "killed_or_wounded" if not _own_objects(s, verb) else what
    return what


def _taken(s: Sentence, verb: Token) -> str | None:
    """ "taken prisoner", "took four hostage", "rushed to hospital"."""
    near = {t.text.lower() for t in s.tokens[verb.i + 1 : verb.i + 6]}
    if near & {"prisoner", "captive", "custody"}:
        return "detained"
    if "hostage" in near:
        return "abducted"
    return "hospitalised" if near & {"hospital", "hospitals", "clinic"} else None


def _own_objects(s: Sentence, verb: Token) -> bool:
    """Whether a joined verb has an object of its own, so that each tells its own."""
    mine = bool(children_with(s, verb.i, "obj"))
    theirs = any(children_with(s, c, "obj", "nsubj") for c in children_with(s, verb.i, "conj"))
    return mine and theirs


def does(s: Sentence, verb: Token, tables: Tables) -> str | None:
    what = tables.by_subject.get(form_in(verb, tables.by_subject))
    if what == "crossed" and form_in(verb, ("use",)) == "use":
        objects = [lookup(s.tokens[c]) for c in children_with(s, verb.i, "obj")]
        return what if _WAYS & set(objects) else None
    if form_in(verb, ("lay",)) in ("lay", "laid"):
        near = {t.text.lower() for t in s.tokens[verb.i + 1 : verb.i + 6]}
        return "surrendered" if near & {"arms", "weapons"} else what
    if form_in(verb, ("get", "pass", "make")) in ("get", "pass", "make"):
        return _got(s, verb)
    return what


def _got(s: Sentence, verb: Token) -> str | None:
    """ "got through", "passed through", "made it across": crossing told by a small verb."""
    near = {lookup(t) for t in s.tokens[verb.i + 1 : verb.i + 7]}
    if near & {"through", "across"} or ("use" in near and near & _WAYS):
        return "crossed"
    return "left" if near & {"out"} else None


def _complement(s: Sentence, verb: Token, tables: Tables) -> str | None:
    """ "sustained injuries", "went missing", "lost their lives", "suffered wounds", "were left dead"."""
    for c in children_with(s, verb.i, "obj", "xcomp", "obl"):
        t = s.tokens[c]
        if base(t.dep) == "obl" and children_with(s, c, "case"):
            continue
        if base(t.dep) == "xcomp" and t.text.lower() in tables.by_state:
            return tables.by_state[t.text.lower()]
        noun = tables.by_noun.get(form_in(t, tables.by_noun))
        if form_in(verb, _SUFFERING) in _SUFFERING and noun == "wounded":
            return "wounded"
        if form_in(verb, ("lose",)) == "lose" and t.text.lower() in ("lives", "life"):
            return "killed"
    return None


def _object_state_what(s: Sentence, t: Token, verb: Token, tables: Tables) -> str | None:
    """ "left 5 dead", "found three people dead": the state told beside the object."""
    for c in (*children_with(s, verb.i, "xcomp", "advcl"), *children(s, t.i)):
        other = s.tokens[c]
        if t.i < c <= t.i + 4 and other.text.lower() in tables.by_state:
            return tables.by_state[other.text.lower()]
    if form_in(verb, _FINDING) in _FINDING and lookup(t) in ("body", "corpse"):
        return "killed"
    return None


def _object_state(s: Sentence, t: Token, head: Token, tables: Tables) -> Governor | None:
    """What a state that hangs on the noun tells, or what the noun's own word tells it of its governor."""
    state = state_of(s, t.i, tables)
    return Governor(*state) if state else None


def _of_noun(s: Sentence, t: Token, head: Token, tables: Tables) -> str | None:
    """ "the death of three", "death toll rose to 12", "12 deaths", "the evacuation of 300 families"."""
    cases = {s.tokens[c].text.lower() for c in children(s, t.i) if base(s.tokens[c].dep) == "case"}
    if head.upos in ("NOUN", "PROPN"):
        counts_it = base(t.dep) in ("nummod", "amod", "det", "compound") or cases & {"of", "to", "at"}
        word = form_in(head, tables.by_noun)
        if head.text.lower() == "number":
            return _number_of(s, head, tables)
        return tables.by_noun.get(word) if counts_it else None
    if head.upos == "VERB" and "for" in cases and form_in(head, ("exchange", "swap")) in ("exchange", "swap"):
        return "exchanged"
    numeral = t.upos == "NUM" or bool(children_with(s, t.i, "nummod"))
    if head.upos == "VERB" and cases & {"to", "at"} and numeral:
        subjects = [*children_with(s, head.i, "nsubj"), *children_with(s, head.i, "obj")]
        for c in subjects:
            what = _number_of(s, s.tokens[c], tables) or _toll(s, s.tokens[c], tables)
            if what:
                return what
    return None


def _toll(s: Sentence, t: Token, tables: Tables) -> str | None:
    if t.text.lower() in ("toll", "tolls"):
        before = s.tokens[t.i - 1].text.lower() if t.i else ""
        return "killed" if before != "injury" else "wounded"
    return tables.by_noun.get(form_in(t, tables.by_noun)) if lookup(t) in ("casualty", "fatality", "death") else None


def _number_of(s: Sentence, t: Token, tables: Tables) -> str | None:
    """ "the number of dead", "the number of those killed"."""
    if t.text.lower() not in ("number", "numbers"):
        return None
    for other in s.tokens[t.i + 1 : t.i + 6]:
        found = tables.by_state.get(other.text.lower()) or tables.by_noun.get(form_in(other, tables.by_noun))
        if found:
            return found
    return None


def _own(s: Sentence, i: int, tables: Tables) -> Governor | None:
    """What the counted noun tells itself ("12 casualties") or by its own state ("three people killed in")."""
    t = s.tokens[i]
    what = tables.by_noun.get(form_in(t, tables.by_noun)) or tables.by_state.get(t.text.lower())
    if what is not None:
        return Governor(i, what)
    state = state_of(s, i, tables)
    return Governor(*state) if state else None


def _passive_right(s: Sentence, start: int, tables: Tables) -> Governor | None:
    """The state told by the first verb to the right ("two members of the forces ... were killed")."""
    helped = False
    for t in s.tokens[start : start + RIGHT]:
        state = tables.by_state.get(t.text.lower())
        if state is not None and t.upos in ("VERB", "ADJ", "NOUN"):
            return Governor(t.i, state)
        if t.text in _CLAUSE_ENDS or t.upos == "NUM":
            return None
        if form_in(t, _FINDING) in _FINDING or t.text.lower() in ("left", "pronounced", "declared"):
            continue
        if t.upos == "VERB" and (helped or t.xpos in ("VBD", "VBZ", "VBP")):
            return None
        helped = helped or t.upos == "AUX"
    return None


def _verb_right(s: Sentence, start: int, tables: Tables) -> Governor | None:
    """What the verb right after a count tells ("300 families left", "40 people were evacuated")."""
    passive = False
    for t in s.tokens[start : start + 4]:
        if t.upos == "AUX" or t.upos == "ADV":
            passive = passive or t.text.lower() in ("was", "were", "been", "being", "are", "is")
        elif t.upos == "VERB" and t.xpos in ("VBD", "VBZ", "VBP", "VBN"):
            what = acted(s, t, tables) if passive else does(s, t, tables) or _complement(s, t, tables)
            return Governor(t.i, what) if what else None
        else:
            return None
    return None


def _nearby(s: Sentence, who: Counted, tables: Tables) -> Governor | None:
    """The nearest casualty word of the same stretch, to the right and then to the left."""
    right = _passive_right(s, who.last + 1, tables) or _verb_right(s, who.last + 1, tables)
    if right is not None:
        return right
    first = _first(s, who)
    for t in reversed(s.tokens[max(0, first - LEFT) : first]):
        what = tables.by_object.get(form_in(t, tables.by_object)) if t.upos in ("VERB", "AUX") else None
        if what in tables.casualty:
            return Governor(t.i, str(what))
        if t.text in _CLAUSE_ENDS or t.upos == "NUM":
            break
    return None
