"""What loses its type: consequences of an act told beside it, doubles, descriptors, mere carriers.

The words stay among the mentions without a type, so that what was passed over can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trucewatch.coding.event_cues import is_negated
from trucewatch.coding.event_view import View

#: Acts of violence: what wounds.
ACTS = frozenset(
    {"suicide_bombing", "chemical_attack", "drone_strike", "air_strike", "missile_strike", "shelling",
     "landmine", "explosion", "sniper_fire", "shooting", "clash", "attack", "protest_dispersed", "riot",
     "execution", "interception", "advance"}
)  # fmt: skip
CASUALTY_VERBS = frozenset(
    {"kill", "wound", "injure", "maim", "hurt", "die", "slay", "lose", "leave", "suffer", "sustain", "perish",
     "martyr", "claim", "receive", "recover", "find", "slaughter"}
)  # fmt: skip
CASUALTY_NOUNS = frozenset(
    {"casualty", "death", "toll", "fatality", "loss", "injury", "bloodshed", "martyrdom", "dead"}
)
#: Charges and denials.
STATEMENTS = frozenset({"accusation", "denial"})
#: What these govern is asked for, threatened or offered: one claim, the governing word's.
ASKING = frozenset(
    {"demand", "threat", "truce_proposed", "proposal", "movement_asked", "access_denied", "aid_obstructed",
     "truce_rejected", "truce_renounced"}
)  # fmt: skip
#: A truce noun under one of these is what is told ("announced the extension"), else the verb is.
CARRYING = frozenset({"truce_declared", "truce_accepted", "truce_started", "talks", "agreement", "calm"})
#: Truce types that nouns tell.
TRUCE_NOUNS = frozenset({"truce_extended", "truce_started", "truce_ended", "truce_violated", "truce_disrupted"})
#: Nouns of a halt, under which violence stands that is to stop.
PAUSES = frozenset({"pause", "lull", "halt", "cessation", "suspension", "respite", "break", "stop", "moratorium"})
#: Openings of a sentence that tells what came of the one before.
RESULT_OPENERS = ("as a result", "as result", "as the result", "consequently", "as a consequence", "in the process")
#: Acts told without their means.
PLAIN_ACTS = frozenset({"attack"})
#: Prepositions under which a bare "the attack" takes up what was told.
ANAPHORIC_PREPOSITIONS = frozenset(
    {"despite", "amid", "after", "since", "during", "following", "before", "of", "because", "from", "in",
     "by", "to", "until"}
)  # fmt: skip
PLAIN_MODIFIERS = frozenset({"ongoing", "continuing", "continued", "latest", "recent", "same", "renewed"})
#: Verbs of noticing: what was not noticed did not happen, as far as is told.
NEGATED_REPORTS = frozenset({"record", "report", "register", "observe", "hear", "see", "detect", "document", "note"})
CALM_NOUNS = ACTS | {"truce_violated"}


@dataclass(slots=True)
class Found:
    """A word that tells of an event: its token, its type, further tokens of the trigger."""

    i: int
    type: str | None
    extra: tuple[int, ...] = ()
    negation_told: bool = False  # the type itself says that something was not done
    first: str | None = None  # the type before the sieve


def sift(views: Sequence[View], per_sentence: Sequence[list[Found]]) -> None:
    """Take the type from what does not tell of an event of its own; the lists are changed in place."""
    acted = before = False
    for found in per_sentence:
        for event in found:
            event.first = event.type
    for view, found in zip(views, per_sentence, strict=True):
        _drop_parts_of_triggers(found)
        _drop_descriptors(view, found)
        _turn_calm(view, found)
        _drop_consequences(view, found, acted)
        _drop_parts_of_dispersal(view, found)
        _drop_means(view, found)
        _drop_carriers(view, found)
        _drop_asked_for(view, found)
        _drop_statements(view, found, before)
        if before:
            _drop_anaphors(view, found)
        acted = any(event.type in ACTS for event in found)
        before = before or acted


def _drop_parts_of_triggers(found: list[Found]) -> None:
    """A word that another trigger has taken in is no event of its own."""
    taken = {at for event in found for at in event.extra if event.type is not None}
    found[:] = [event for event in found if event.i not in taken]


def _drop_descriptors(view: View, found: list[Found]) -> None:
    """Modifiers ("attack helicopter", "besieged city") and habits ("rebels who fight") are no news."""
    for event in found:
        token, base = view.tokens[event.i], view.bases[event.i]
        before_noun = event.i < token.head and view.tokens[token.head].upos in ("NOUN", "PROPN")
        modifier = base in ("compound", "amod") and before_noun and event.type != "calm"
        habit = token.dep == "acl:relcl" and token.xpos in ("VBP", "VBZ") and not view.children(event.i, "aux")
        if modifier or habit or token.dep == "nmod:poss":
            event.type = None
    found[:] = [event for event in found if event.type is not None or view.bases[event.i] not in ("amod", "compound")]


def _turn_calm(view: View, found: list[Found]) -> None:
    """Violence that is told not to have been seen or heard is calm: "no violations were recorded"."""
    for event in found:
        if event.type not in CALM_NOUNS or view.tokens[event.i].upos != "NOUN":
            continue
        none_at_all = any(view.lower[c] == "no" for c in view.children(event.i, "det"))
        up = view.head(event.i)
        reported = up >= 0 and (
            view.lemmas[up] in NEGATED_REPORTS or view.lemmas[up] == "be" or view.children(event.i, "expl")
        )
        negated_report = up >= 0 and view.lemmas[up] in NEGATED_REPORTS and is_negated(view, up)
        if (none_at_all and reported) or negated_report:
            event.type, event.negation_told = "calm", True


def _is_casualty(view: View, event: Found) -> bool:
    lemma = view.lemmas[event.i]
    if event.type == "casualties" or lemma in CASUALTY_NOUNS:
        return event.type != "death_of_wounds"
    return event.type in ACTS and lemma in CASUALTY_VERBS


def _drop_consequences(view: View, found: list[Found], acted: bool) -> None:
    """Casualties told beside the act that caused them belong to the act."""
    casualties = [event for event in found if event.type is not None and _is_casualty(view, event)]
    acts = [event for event in found if event.type in ACTS and event not in casualties]
    opener = view.opening().lower().startswith(RESULT_OPENERS)
    first: Found | None = None
    for event in casualties:
        linked = any(_linked(view, act, event) for act in acts)
        doubled = first is not None and (
            _joined(view, event.i, first.i) or view.tokens[event.i].upos == "NOUN" or event.type == "casualties"
        )
        if linked or doubled or (opener and acted):
            event.type = None
        else:
            first = first or event


def _linked(view: View, act: Found, casualty: Found) -> bool:
    """Whether a casualty word can be the consequence of an act: told after it, or governing it."""
    if is_negated(view, act.i):
        return False
    return act.i < casualty.i or casualty.i in view.path_up(act.i)


def _drop_means(view: View, found: list[Found]) -> None:
    """Fire, a blast or a strike by which an act is done is no act beside it: "hit by mortar fire"."""
    acts = {event.i: event for event in found if event.type in ACTS and view.tokens[event.i].upos == "VERB"}
    for event in found:
        if event.type not in ACTS or view.tokens[event.i].upos != "NOUN":
            continue
        for act in acts.values():
            under = view.roles(act.i).oblique
            means = [at for word in ("by", "with") for at in under.get(word, ())]
            came = view.lemmas[act.i] == "come" and event.i in under.get("under", ())
            done_by = event.i in means or (event.i in view.roles(act.i).agent and act.type == event.type)
            if came or (done_by and act.type not in PLAIN_ACTS):
                event.type = None
                break


def _joined(view: View, one: int, other: int) -> bool:
    return one in view.path_up(other) or other in view.path_up(one)


def _drop_parts_of_dispersal(view: View, found: list[Found]) -> None:
    """The fire or gas by which a crowd is dispersed is part of the dispersal.

    Where the dispersal is the purpose ("fired into the air to disperse the crowd"), the act is the dispersal.
    """
    acts = {event.i: event for event in found if event.type in ACTS}
    for event in found:
        purpose = view.bases[event.i] in ("advcl", "xcomp") and view.tokens[event.i].xpos == "VB"
        act = acts.get(view.head(event.i))
        if event.type == "protest_dispersed" and purpose and act is not None:
            act.type, event.type = event.type, None
    dispersals = [event for event in found if event.type == "protest_dispersed"]
    for event in found:
        if event.type != "protest" and event.type not in ACTS:
            continue
        for dispersal in dispersals:
            doubled = event.type == "protest_dispersed" and event.i < dispersal.i
            if event is not dispersal and not doubled and _joined(view, event.i, dispersal.i):
                event.type = None
                break


def _drop_carriers(view: View, found: list[Found]) -> None:
    """Of a verb and its noun or complement that tell one thing, one keeps the type."""
    by_index = {event.i: event for event in found if event.type is not None}
    for event in found:
        if event.type in ACTS and _halted(view, event, by_index):
            event.type = None
        up = by_index.get(view.head(event.i))
        if event.type is None or up is None or up.type is None:
            continue
        base = view.bases[event.i]
        argument = base in ("obj", "obl", "nmod", "nsubj")
        noun = view.tokens[event.i].upos == "NOUN"
        if event.type in TRUCE_NOUNS and noun and argument and base != "obl" and up.type in CARRYING:
            up.type = None
        elif event.type in ACTS and up.type == "property_destruction" and base in ("nsubj", "obl"):
            up.type = None  # "the attack destroyed a school"
        elif _told_by(view, event.type, up, base, argument):
            event.type = None


def _told_by(view: View, type_: str, up: Found, base: str, argument: bool) -> bool:
    """Whether the event above tells what one below it would tell again."""
    above = up.type or ""
    if base in ("xcomp", "ccomp", "acl"):
        return type_ == above or (above.startswith("truce_") and _of_truce(type_)) or _for(type_, above)
    if argument and type_ == above and view.tokens[up.i].upos == "VERB":
        return above not in ACTS
    return (argument and type_.startswith("truce_") and above.startswith("truce_")) or _for(type_, above)


def _for(type_: str, above: str) -> bool:
    """Whether it is what a protest is for."""
    return type_ == "demand" and above == "protest"


def _halted(view: View, event: Found, by_index: Mapping[int, Found]) -> bool:
    """Violence that is told to be halted is not told to happen: "suspended air strikes", "a pause in fighting"."""
    up = view.head(event.i)
    if up < 0 or view.bases[event.i] not in ("obj", "nmod", "nsubj"):
        return False
    if view.tokens[up].upos == "NOUN":
        return view.lemmas[up] in PAUSES and view.bases[event.i] == "nmod"
    declaring = [by_index[at] for at in (up, view.head(up)) if at in by_index]
    return any(other.type == "truce_declared" for other in declaring)


def _of_truce(type_: str) -> bool:
    return type_.startswith("truce_") or type_ == "calm"


def _drop_asked_for(view: View, found: list[Found]) -> None:
    """What is demanded, threatened, offered or not allowed is told by the word that asks for it."""
    asking = {event.i for event in found if event.type in ASKING}
    for event in found:
        if event.type is None or not asking:
            continue
        at = event.i
        for up in view.path_up(event.i)[:4]:
            if view.bases[at] not in ("xcomp", "ccomp", "obj", "obl", "nmod", "advcl", "conj", "acl"):
                break
            if up in asking and _asked(view, at):
                event.type = None
                break
            at = up


def _asked(view: View, at: int) -> bool:
    """Whether what hangs at `at` on an asking verb is what is asked for, not a circumstance."""
    base = view.bases[at]
    if base == "advcl":
        return view.tokens[at].xpos == "VB" or view.preposition(at) == "from"
    if base in ("obl", "nmod"):
        return view.preposition(at) in ("for", "of", "with", "to", "from", "")
    return base in ("xcomp", "ccomp", "obj", "acl")


def _drop_anaphors(view: View, found: list[Found]) -> None:
    """ "despite the ongoing fighting", "after the shelling": a bare mention of what was told before."""
    for event in found:
        token = view.tokens[event.i]
        if event.type not in ACTS or token.upos != "NOUN" or view.bases[event.i] not in ("obl", "nmod", "conj"):
            continue
        children = view.below[event.i]
        definite = any(view.lemmas[c] in ("the", "this", "that", "these", "those") for c in children)
        plain = all(view.bases[c] in ("det", "case", "punct") or view.lower[c] in PLAIN_MODIFIERS for c in children)
        if definite and plain and view.preposition(event.i) in ANAPHORIC_PREPOSITIONS:
            event.type = None


def _drop_statements(view: View, found: list[Found], acted: bool) -> None:
    """Blame or denial of an act that we code is that act's claim by another teller, no claim beside it."""
    for event in found:
        if event.type not in STATEMENTS:
            continue
        below = set(view.subtree(event.i)) - {event.i}
        others = [
            other
            for other in found
            if other.i in below and (other.type or other.first in ACTS) and other.type not in STATEMENTS
        ]
        bare = not view.children(event.i, "ccomp", "xcomp", "advcl") and not any(
            view.preposition(c) in ("of", "for") and (view.head(c) == event.i or view.tokens[c].upos == "VERB")
            for c in view.roles(event.i).obliques
        )
        if others or (bare and acted and event.type == "accusation"):
            event.type = None
