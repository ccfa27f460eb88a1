"""Patterns over predicates, and the classes of words they name.

A pattern is one line of a table:

    open +obj:fire              the verb `open` with the object `fire`; `+` takes the object into the trigger
    hit|strike means:HEAVY      either verb, where what it is done with is of the class HEAVY
    cut +prt:short obj:TRUCE    verb, particle, and an object of the class TRUCE
    attack !mod:heart ctx:war   the noun `attack`, not with the modifier `heart`, in a text about war

First the lemmas of the trigger, then conditions `role:options`, all of which must hold; `|` parts roles
and options, `!` turns a condition round, `*` stands for anything, upper case names a class. Roles: subj and
obj (logical: whatever the voice), prt (particle or adverb), comp (complement verb), mod (before a noun), head
(the verb a noun depends on), doer (the subject of that verb), means (subject or an oblique of means), obl (any
oblique), who (subject or object), near (anywhere in the sentence), ctx (what the text is about), next (the
word after), neg (the trigger is denied), will (it is still to be done), else a preposition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trucewatch.coding.event_cues import is_negated
from trucewatch.coding.event_view import MEANS_PREPOSITIONS, View

#: Words that only say how many there are of what stands under "of".
QUANTITIES = frozenset(
    {"some", "many", "most", "several", "none", "one", "dozen", "hundred", "thousand", "score", "number", "group",
     "couple", "few", "all", "both", "part", "majority", "half"}
)  # fmt: skip
#: What tells that something is still to be done: "would hold", "agreed to hold".
FUTURE = frozenset({"will", "would", "shall", "'ll", "to"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a pattern: some token of the role is one of the options."""

    roles: tuple[str, ...]
    options: tuple[str, ...]
    negated: bool = False
    extends: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """The lemmas that can be the trigger, and what must stand around them."""

    lemmas: tuple[str, ...]
    conditions: tuple[Condition, ...]
    source: str

    @property
    def weight(self) -> int:
        """How specific it is: what is asked for; a context counts half, what extends the trigger double."""
        asking = [condition for condition in self.conditions if not condition.negated]
        return sum(4 if c.extends else 1 if c.roles == ("ctx",) else 2 for c in asking)

    @property
    def takes_negation(self) -> bool:
        """Whether the pattern asks for a denial, so that its type says what was not done."""
        return any(condition.roles == ("neg",) and not condition.negated for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class WordClass:
    """A class of words: lemmas, kinds of name, patterns; `modifiers` lets a modifier make the phrase one."""

    words: frozenset[str]
    names: frozenset[str]
    patterns: tuple[Pattern, ...]
    modifiers: bool = False
    numbers: bool = False


Classes = Mapping[str, WordClass]


def read_pattern(line: str, lemma_classes: Mapping[str, Sequence[str]]) -> Pattern:
    """The pattern that a line of a table tells. Raises ValueError for a condition without a role."""
    head, *rest = line.split()
    lemmas: list[str] = []
    for lemma in head.split("|"):
        lemmas.extend(lemma_classes[lemma] if lemma.isupper() else [lemma])
    return Pattern(tuple(lemmas), tuple(_condition(part, line) for part in rest), line)


def _condition(part: str, line: str) -> Condition:
    negated, extends = part.startswith("!"), part.startswith("+")
    role, colon, options = part.lstrip("!+").partition(":")
    if not colon or not options:
        raise ValueError(f"the condition {part!r} of the pattern {line!r} has no options; write role:options")
    return Condition(tuple(role.split("|")), tuple(options.split("|")), negated, extends)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches patterns in one document: the classes, and what the text is known to be about."""

    classes: Classes
    topics: frozenset[str] = frozenset()

    def match(self, view: View, i: int, pattern: Pattern) -> list[int] | None:
        """The tokens that the pattern takes into the trigger beside `i`, or None where it does not match."""
        extra: list[int] = []
        for condition in pattern.conditions:
            found = self._find(view, i, condition)
            if (found is None) != condition.negated:
                return None
            if condition.extends and found is not None and found >= 0:
                extra.append(found)
        return extra

    def _find(self, view: View, i: int, condition: Condition) -> int | None:
        """The token that meets a condition (turned round or not); -1 for a topic; None where none does."""
        for role in condition.roles:
            found = self._find_in(view, i, role, condition.options)
            if found is not None:
                return found
        return None

    def _find_in(self, view: View, i: int, role: str, options: tuple[str, ...]) -> int | None:
        if role == "ctx":
            return -1 if any(option in self.topics for option in options) else None
        if role == "neg":
            return -1 if is_negated(view, i) else None
        if role == "will":
            return -1 if any(view.lemmas[c] in FUTURE for c in view.children(i, "aux", "mark")) else None
        for at in self.candidates(view, i, role):
            if any(self.is_a(view, at, option) for option in options):
                return at
        return self._beside(view, i, options) if role == "prt" else None

    def _beside(self, view: View, i: int, options: tuple[str, ...]) -> int | None:
        """A particle right after the verb, whatever the tree makes of it."""
        after = i + 1
        if after < len(view.tokens) and view.lower[after] in options:
            return after
        return None

    def candidates(self, view: View, i: int, role: str) -> list[int]:
        """The tokens that stand in a role to the trigger."""
        roles = view.roles(i)
        if role == "subj":
            return roles.agent
        if role == "obj":
            return roles.patient
        if role == "who":
            return roles.agent + roles.patient
        if role == "prt":
            return roles.particle
        if role == "comp":
            return roles.complement
        if role == "mod":
            return view.modifier_chain(i)
        if role == "obl":
            return roles.obliques
        if role == "means":
            return roles.agent + [
                at for word, heads in roles.oblique.items() if word in MEANS_PREPOSITIONS for at in heads
            ]
        if role == "head":
            return [view.head(i)] if view.head(i) >= 0 else []
        if role == "doer":
            up = view.head(i)
            return view.roles(up).agent if up >= 0 and view.tokens[up].upos == "VERB" else []
        if role == "near":
            return [at for at in range(len(view.tokens)) if at != i]
        if role == "next":
            return [i + 1] if i + 1 < len(view.tokens) else []
        return roles.oblique.get(role, [])

    def is_a(self, view: View, i: int, option: str) -> bool:
        """Whether a token is the lemma, or of the class, that an option names."""
        if option == "*":
            return True
        if not option.isupper():
            return view.lemmas[i] == option or view.lower[i] == option
        return self.in_class(view, i, option)

    def in_class(self, view: View, i: int, name: str) -> bool:
        """Whether the phrase that a token heads is of a class; asked once per token and class."""
        told = view.memo.get((i, name))
        if told is None:
            view.memo[i, name] = told = self._in_class(view, i, name)
        return told

    def _in_class(self, view: View, i: int, name: str) -> bool:
        known = self.classes[name]
        if view.lemmas[i] in known.words or view.names.get(i) in known.names:
            return True
        if known.numbers and view.tokens[i].upos == "NUM":
            return True  # "57 were killed"
        if view.tokens[i].upos == "NUM" or view.lemmas[i] in QUANTITIES:
            parts = [c for c in view.children(i, "nmod") if view.preposition(c) == "of"]
            if any(self.in_class(view, part, name) for part in parts):
                return True  # "12 of the trucks", "dozens of rebels"
        if known.modifiers and any(view.lemmas[at] in known.words for at in view.modifier_chain(i)):
            return True
        return any(
            view.lemmas[i] in pattern.lemmas and self.match(view, i, pattern) is not None for pattern in known.patterns
        )
