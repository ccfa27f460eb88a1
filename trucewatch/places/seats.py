"""Whether a name stands for a government: "Damascus said", "Moscow's forces", "the mercenaries of Aden".

Told by syntax (subject of a verb of saying or deciding, owner of forces, agent) and by the place being a
country or the seat of one, or of a province.

Layer: places. Imports only model, language.phrases and this folder.
"""

from __future__ import annotations

from trucewatch.language.phrases import base, children_with, path_up
from trucewatch.model import Sentence, Token
from trucewatch.places.gazetteer import Entry
from trucewatch.places.shape import Phrase
from trucewatch.places.spot import Scene
from trucewatch.places.tables import load_tables


def stands_for_government(scene: Scene, phrase: Phrase, entry: Entry, foreign: bool) -> bool:
    """Tell whether a phrase that resolves to `entry` names a government and no place.

    `foreign`: the report plays in another country, so that a capital that does anything is a government.
    """
    if phrase.core is None or phrase.modifier or phrase.noun or phrase.near or phrase.held:
        return False
    if entry.level != "country" and entry.rank < 3:
        return False
    s = scene.sentence
    head = _head(s, scene.units[phrase.first].first, scene.units[phrase.last].last)
    if head < 0:
        return False
    seat = entry.rank == 4 or entry.level == "country"
    if base(s.tokens[head].dep) == "conj" and s.tokens[s.tokens[head].head].upos == "PROPN":
        head = s.tokens[head].head
    if foreign and entry.rank == 4 and base(s.tokens[head].dep) == "nsubj" and s.tokens[head].dep != "nsubj:pass":
        return s.tokens[s.tokens[head].head].upos in ("VERB", "AUX")
    return _speaks(s, head, seat) or _owns(s, head, seat) or (seat and _party(s, head))


def _head(s: Sentence, first: int, last: int) -> int:
    outside = [i for i in range(first, last + 1) if not first <= s.tokens[i].head <= last]
    return outside[0] if outside else -1


def _speaks(s: Sentence, head: int, seat: bool) -> bool:
    """Subject of a verb of saying or deciding."""
    t = s.tokens[head]
    if base(t.dep) != "nsubj" or t.dep == "nsubj:pass" or t.head < 0:
        return False
    verb = s.tokens[t.head]
    return verb.upos in ("VERB", "AUX") and bool(_lemmas(verb) & load_tables().verbs)


def _lemmas(token: Token) -> set[str]:
    """The forms under which a word may stand in a list: its lemma, and what its ending suggests."""
    low, lemma = token.text.lower(), token.lemma.lower()
    found = {low, lemma}
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("ie", "y"),
        ("es", ""),
        ("es", "e"),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
    ):
        for word in (low, lemma):
            if word.endswith(ending):
                found.add(word[: -len(ending)] + instead)
    return found


def _owns(s: Sentence, head: int, seat: bool) -> bool:
    """Owner of forces or of a decision: "Ankara's decision", "the mercenaries of Aden"."""
    t = s.tokens[head]
    if t.head < 0:
        return False
    noun = s.tokens[t.head]
    governing = bool(_lemmas(noun) & load_tables().governing)
    marks = {s.tokens[c].text.lower() for c in children_with(s, head, "case")}
    if marks & {"’s", "'s", "’", "'"}:
        return governing
    if marks == {"of"} and base(t.dep) == "nmod":
        return governing and noun.lemma.lower() not in ("general", "commander", "side", "war", "invasion")
    return False


def _party(s: Sentence, head: int) -> bool:
    """Agent, or party to talks: "backed by Tehran", "talks with Ankara", "between Moscow and Washington"."""
    t = s.tokens[head]
    marks = {s.tokens[c].text.lower() for c in children_with(s, head, "case")}
    if "by" in marks and base(t.dep) in ("obl", "nmod"):
        return s.tokens[t.head].upos == "VERB"
    if "with" in marks:
        return s.tokens[t.head].lemma.lower() not in ("border", "frontier", "crossing", "boundary")
    if "between" in marks:
        above = {s.tokens[i].lemma.lower() for i in path_up(s, head)[1:3]}
        return bool(
            above
            & {
                "talk",
                "agreement",
                "negotiation",
                "deal",
                "tension",
                "relation",
                "meeting",
                "war",
                "dialogue",
                "truce",
                "ceasefire",
            }
        )
    return False
