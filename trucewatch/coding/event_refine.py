"""A plain act gets the precise type of what tells its means: its subject, an act told before, the text's topic.

"The air strikes hit a market": `hit` is an air strike. "Air raids on Douma ... the raids": both are. "Killed in
the blast": the type belongs to the blast.
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.coding.event_sieve import ACTS, CASUALTY_VERBS, PLAIN_ACTS, Found
from trucewatch.coding.event_view import View

#: Nouns that take up an act told before with its means.
RESUMED = frozenset({"strike", "raid", "bombing"})
#: Nouns that mean air strikes in a text about them.
AIRBORNE = ("strike", "raid")
#: Nouns of acts that a casualty verb can stand beside.
ACT_NOUNS = frozenset({"blast", "explosion", "bombing", "shelling", "bombardment", "airstrike", "gunfire"})


def refine(views: Sequence[View], per_sentence: Sequence[list[Found]]) -> None:
    """Give a plain attack the precise type of what it is told by: its subject, or the same noun told before.

    "The air strikes hit a market": `hit` is an air strike. "air raids on Douma ... the raids": both are.
    """
    told = _told_by_air(views, per_sentence)
    last: str | None = None
    for view, found in zip(views, per_sentence, strict=True):
        for event in found:
            _type_noun(view, event, found)
        by_index = {event.i: event for event in found if event.type in ACTS}
        for event in found:
            lemma = view.lemmas[event.i]
            if view.tokens[event.i].upos == "NOUN" and lemma in RESUMED:
                if event.type in PLAIN_ACTS and lemma in told:
                    event.type = told[lemma]
                elif event.type in ACTS and event.type not in PLAIN_ACTS:
                    told[lemma] = event.type
            elif event.type in PLAIN_ACTS:
                doers = [by_index[at] for at in view.roles(event.i).agent if at in by_index]
                precise = [doer.type for doer in doers if doer.type not in PLAIN_ACTS]
                event.type = precise[0] if precise else event.type
            elif event.type == "shooting" and last == "shelling" and _bare(view, event):
                event.type = last  # "denied that its fighters had fired", after mortar fire
        last = next((event.type for event in reversed(found) if event.type in ACTS), last)


def _told_by_air(views: Sequence[View], per_sentence: Sequence[list[Found]]) -> dict[str, str]:
    """Strikes and raids of a text that tells of air strikes, and of none by other means, are air strikes."""
    kinds = {
        event.type
        for view, found in zip(views, per_sentence, strict=True)
        for event in found
        if event.type in ACTS - PLAIN_ACTS and view.lemmas[event.i] in (*AIRBORNE, "airstrike")
    }
    return dict.fromkeys(AIRBORNE, "air_strike") if kinds == {"air_strike"} else {}


def _type_noun(view: View, event: Found, found: Sequence[Found]) -> None:
    """ "killed in the blast": the type belongs to the blast where that word is an event of its own."""
    if event.type not in ACTS or view.lemmas[event.i] not in CASUALTY_VERBS:
        return
    roles = view.roles(event.i)
    around = {*roles.agent, *roles.obliques}
    for other in found:
        noun = view.tokens[other.i].upos == "NOUN" and view.lemmas[other.i] in ACT_NOUNS
        if noun and other.i in around and other.type is None:
            other.type, event.type = event.type, None
            return


def _bare(view: View, event: Found) -> bool:
    """Whether a verb of firing stands alone, with neither what was fired nor at whom."""
    roles = view.roles(event.i)
    return view.lemmas[event.i] == "fire" and not event.extra and not roles.patient and not roles.obliques
