"""A sentence seen by its predicates: who does what to whom, with what, under which preposition.

The tree is read once per sentence; the logical roles of a predicate (agent and patient, whatever the voice)
are worked out when first asked for. Where the tree leaves a role empty, the PropBank frame fills it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from trucewatch.model import Frame, Sentence, Token

SUBJECT_RELATIVES = frozenset({"who", "which", "that", "whom"})
INFLECTED = frozenset({"VERB", "NOUN", "PROPN"})
#: How many words open a sentence.
OPENING = 6
HYPHENS = frozenset("-\u2010\u2011\u2013")
#: Prepositions under which stands the thing that does it or by which it is done.
MEANS_PREPOSITIONS = frozenset({"by", "with", "from", "in", "using", "via", "through", "of", "under", "after"})


@dataclass(slots=True)
class Roles:
    """What stands around a predicate: token indices by logical role."""

    agent: list[int] = field(default_factory=list)
    patient: list[int] = field(default_factory=list)
    oblique: dict[str, list[int]] = field(default_factory=dict)
    particle: list[int] = field(default_factory=list)
    complement: list[int] = field(default_factory=list)
    passive: bool = False

    @property
    def obliques(self) -> list[int]:
        """All obliques, whatever their preposition."""
        return [i for heads in self.oblique.values() for i in heads]


class Vocabulary(Protocol):
    """The words that the tables know: lemmas by form, and words split by a hyphen."""

    @property
    def joined(self) -> Mapping[str, str]:
        """The lemma of a word split by a hyphen."""

    @property
    def intransitive(self) -> frozenset[str]:
        """Verbs that nobody does to anybody: their subject is who acts."""

    @property
    def forms(self) -> Mapping[str, Mapping[str, str]]:
        """The lemma by form, for VERB and NOUN."""


def _lemmas(sentence: Sentence, words: Vocabulary | None) -> list[str]:
    """The lemma of every token, the tables' own where they know the form."""
    lemmas = []
    for token in sentence.tokens:
        kind = "VERB" if token.upos == "VERB" else "NOUN"
        form = token.text.lower()
        known = words.forms[kind].get(form) if words is not None and token.upos in INFLECTED else None
        lemmas.append(known or token.lemma.lower())
    return lemmas


class View:
    """One sentence with its children by token and its roles by predicate.

    `lemmas`, `lower` and `bases` (relations without subtype) go by token index.
    """

    __slots__ = (
        "_intransitive",
        "_roles",
        "bases",
        "below",
        "frames",
        "lemmas",
        "lower",
        "memo",
        "names",
        "sentence",
        "tokens",
    )

    def __init__(self, sentence: Sentence, words: Vocabulary | None = None) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.bases = [token.dep.partition(":")[0] for token in sentence.tokens]
        self.lower = [token.text.lower() for token in sentence.tokens]
        self.memo: dict[tuple[int, str], bool] = {}
        self.lemmas = _lemmas(sentence, words)
        self._intransitive = words.intransitive if words is not None else frozenset()
        if words is not None:
            self._join(words.joined)
        self.below: list[list[int]] = [[] for _ in sentence.tokens]
        for token in sentence.tokens:
            if 0 <= token.head < len(self.below) and token.head != token.i:
                self.below[token.head].append(token.i)
        self.names: dict[int, str] = {
            i: name.kind for name in sentence.names for i in range(name.start, min(name.end, len(self.tokens)))
        }
        self.frames: dict[int, Frame] = {frame.predicate: frame for frame in sentence.frames}
        self._roles: dict[int, Roles] = {}

    def _join(self, joined: Mapping[str, str]) -> None:
        """Give the last part of a word split by a hyphen ("cease-fire") the lemma of the whole."""
        for i in range(2, len(self.tokens)):
            if self.tokens[i - 1].text in HYPHENS and self.tokens[i - 2].end == self.tokens[i - 1].start:
                whole = f"{self.tokens[i - 2].text}-{self.tokens[i].text}".lower()
                self.lemmas[i] = joined.get(whole, self.lemmas[i])

    def opening(self) -> str:
        """The first words of the sentence, joined by one space."""
        return " ".join(token.text for token in self.tokens[:OPENING])

    def children(self, i: int, *deps: str) -> list[int]:
        """Children of a token by one of the relations; a base relation matches its subtypes."""
        return [c for c in self.below[i] if self.bases[c] in deps or self.tokens[c].dep in deps]

    def head(self, i: int) -> int:
        """The head of a token, or -1."""
        return self.tokens[i].head

    def path_up(self, i: int) -> list[int]:
        """The tokens above a token, nearest first."""
        path: list[int] = []
        at = self.tokens[i].head
        while at >= 0 and at not in path and at != i:
            path.append(at)
            at = self.tokens[at].head
        return path

    def subtree(self, i: int) -> list[int]:
        """A token and all below it, in text order."""
        found, todo = {i}, [i]
        while todo:
            for child in self.below[todo.pop()]:
                if child not in found:
                    found.add(child)
                    todo.append(child)
        return sorted(found)

    def conjuncts(self, i: int) -> list[int]:
        """A token and those joined to it below; the members of an apposition too."""
        found = [i]
        for at in found:
            found.extend(c for c in self.below[at] if self.bases[c] in ("conj", "appos") and c not in found)
        return found

    def preposition(self, i: int) -> str:
        """The preposition of a phrase by its head, lower case; empty where it has none."""
        cases = [c for c in self.below[i] if self.bases[c] in ("case", "mark") and c < i]
        return self.lower[cases[0]] if cases else ""

    def roles(self, i: int) -> Roles:
        """The logical roles around the predicate `i`, conjuncts included."""
        known = self._roles.get(i)
        if known is None:
            self._roles[i] = known = Roles()  # set first: a cycle in the tree ends here
            self._fill(i, known)
        return known

    def _fill(self, i: int, roles: Roles) -> None:
        deps = {self.tokens[c].dep for c in self.below[i]}
        token = self.tokens[i]
        voiced = bool(deps & {"aux:pass", "obl:agent"})
        subject = bool(deps & {"nsubj:pass", "csubj:pass"}) and token.xpos != "VBD"
        roles.passive = voiced or subject or (token.dep == "acl" and token.xpos == "VBN")
        if not voiced and self.lemmas[i] in self._intransitive:
            roles.passive = False  # "people gathered at the gate": nobody gathered them
        for c in self.below[i]:
            self._place(roles, c)
        if not roles.agent and not (roles.passive and roles.patient):
            self._inherit(i, roles)
        self._from_frame(i, roles)

    def _place(self, roles: Roles, c: int) -> None:
        """Put one child of a predicate where it belongs."""
        dep, base = self.tokens[c].dep, self.bases[c]
        heads = self.conjuncts(c)
        if dep == "obl:agent" or (base == "obl" and roles.passive and self.preposition(c) == "by"):
            roles.agent.extend(heads)
            self._oblique(roles, "by", heads)
        elif base in ("nsubj", "csubj"):
            resolved = [self._antecedent(c)] if c == heads[0] and len(heads) == 1 else heads
            (roles.patient if roles.passive else roles.agent).extend(resolved)
        elif base in ("obj", "iobj"):
            roles.patient.extend(heads)
            for head in heads:  # a phrase hung on the object may belong to the verb
                for nmod in self.children(head, "nmod"):
                    self._oblique(roles, self.preposition(nmod), self.conjuncts(nmod))
        elif base in ("obl", "nmod"):
            self._oblique(roles, self.preposition(c), heads)
            for head in heads:
                for nmod in self.children(head, "nmod"):
                    self._oblique(roles, self.preposition(nmod), self.conjuncts(nmod))
        elif dep == "compound:prt" or base in ("advmod", "compound"):
            roles.particle.append(c)
        elif base in ("xcomp", "ccomp"):
            roles.complement.append(c)
            if self.tokens[c].upos in ("ADJ", "ADV", "NOUN"):
                roles.particle.append(c)
        elif base == "advcl" and self.preposition(c) in ("from", "for", "against"):
            roles.complement.append(c)  # "prevented them from leaving", "called for them to be let through"
        elif base == "advcl" and self.lemmas[c] == "use":
            for obj in self.children(c, "obj"):
                self._oblique(roles, "using", self.conjuncts(obj))

    def _oblique(self, roles: Roles, preposition: str, heads: list[int]) -> None:
        roles.oblique.setdefault(preposition, []).extend(heads)

    def _antecedent(self, c: int) -> int:
        """The noun that a relative pronoun stands for, or the token itself."""
        up = self.tokens[c].head
        if self.lemmas[c] in SUBJECT_RELATIVES and up >= 0 and self.bases[up] == "acl":
            return self.tokens[up].head
        return c

    def _inherit(self, i: int, roles: Roles) -> None:
        """Take the subject from the verb above: conjunct, open complement, participle, adverbial clause."""
        token, base, up = self.tokens[i], self.bases[i], self.tokens[i].head
        if up < 0:
            return
        if base == "conj" and self.tokens[up].upos in ("VERB", "AUX", "ADJ"):
            above = self.roles(up)
            if above.passive and token.xpos == "VBN" and not roles.patient:
                roles.passive, roles.patient = True, list(above.patient)
            elif not roles.agent:
                roles.agent = list(above.patient if above.passive else above.agent)
        elif roles.passive and token.dep == "acl" and not roles.patient:
            roles.patient = self.conjuncts(up)
        elif token.dep == "acl" and (token.xpos == "VBG" or self.lemmas[i] in self._intransitive):
            roles.agent = [up]
        elif token.dep == "acl:relcl" and token.upos == "VERB" and not roles.patient:
            roles.patient = [up]
        elif base == "xcomp":
            above = self.roles(up)
            roles.agent = list(above.patient or above.agent)
        elif base == "advcl" and token.xpos in ("VBG", "VBN", "VB"):
            above = self.roles(up)
            subject = list(above.patient if above.passive else above.agent)
            if token.xpos == "VBN" and not roles.patient:
                roles.passive, roles.patient = True, subject
            else:
                roles.agent = subject

    def _from_frame(self, i: int, roles: Roles) -> None:
        frame = self.frames.get(i)
        if frame is None:
            return
        for arg in frame.args:
            if not 0 <= arg.head < len(self.tokens) or arg.head == i:
                continue
            if arg.label == "ARG0" and not roles.agent and arg.head not in roles.patient:
                roles.agent.append(arg.head)
            elif arg.label == "ARG1" and not roles.patient and arg.head not in roles.agent:
                named = self.tokens[arg.head].upos in ("NOUN", "PROPN", "PRON", "NUM")
                roles.patient.extend([arg.head] if named else [])

    def modifiers(self, i: int) -> list[int]:
        """What stands before a noun as part of it: compounds, adjectives, possessors, numbers."""
        return [
            c
            for c in self.below[i]
            if self.bases[c] in ("compound", "amod", "nummod", "flat") or self.tokens[c].dep == "nmod:poss"
            or (self.bases[c] == "nmod" and c < i)
        ]  # fmt: skip

    def modifier_chain(self, i: int) -> list[int]:
        """Modifiers and theirs: "rocket propelled grenade fire" gives all three before `fire`."""
        found = self.modifiers(i)
        for at in found:
            found.extend(c for c in self.modifiers(at) if c not in found)
            found.extend(c for c in self.children(at, "conj", "obl", "advmod") if c < i and c not in found)
        return found

    def token(self, i: int) -> Token:
        """The token at an index."""
        return self.tokens[i]
