"""How surely an event is told, in which way, and whether it is denied.

Factuality stands on the scale of UDS-IH2 (-3 .. 3) as the event's own teller presents it. Signs in the words
(negation, modals, conditions, plans, demands, threats, offers, hedges) rule; where none is found the language
model's value is taken, and a plain assertion is 3.0. "about", "some", "up to" belong to numbers: no hedges.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from trucewatch.coding.event_cues import Cues, is_negated, load_cues
from trucewatch.coding.event_hedges import hedge_ranges
from trucewatch.coding.event_table import load_table
from trucewatch.coding.event_view import View
from trucewatch.model import Document, EventMention, Words

#: Below this the language model's own value is believed over "plainly told".
PLAIN = 0.0
#: From here on the language model's value is taken for certain.
CERTAIN = 2.6
#: The same for nouns, on which the model was trained with little.
CERTAIN_NOUN = 1.0
#: How many links above the trigger a governing word may stand.
REACH = 5
PERCEIVED = ("hear", "see", "feel")
VERBAL = ("VERB", "AUX")
#: Prepositions under which a noun is what the word above is about ("a plan for", "threat of", "end to").
NOUN_LINKS = ("of", "for", "against", "to", "from", "with", "in", "on", "under")


@dataclass(frozen=True, slots=True)
class Certainty:
    """How an event is told; `hedges` are token ranges [start, end) in the sentence."""

    status: str = "happened"
    polarity: Literal["affirmed", "denied"] = "affirmed"
    factuality: float = 3.0
    hedges: tuple[tuple[int, int], ...] = ()


def certainty_of(view: View, i: int, *, graded: bool = False) -> Certainty:
    """How the event whose trigger is token `i` is told.

    With `graded` the language model's own value stands wherever the event is not denied: finer, and for words
    that no rule of ours was made for nearer to human judgement (UDS-IH2).
    """
    cues = load_cues()
    status, denied = _status(view, i, cues)
    hedges = sorted(set(hedge_ranges(view, i, cues)))
    ranges = tuple((start, end) for start, end, _ in hedges)
    left = min((value for _, _, value in hedges), default=None)
    if denied:
        value = cues.value["denied"] if left is None else -left
        return Certainty(_outer(status), "denied", value, ranges)
    value = cues.value[status]
    told = view.tokens[i].factuality
    if graded and told is not None:
        certain = CERTAIN if view.tokens[i].upos in VERBAL else CERTAIN_NOUN
        value = 3.0 if told >= certain else round(told, 2)
    elif status in ("happened", "ongoing"):
        value = left if left is not None else _told_plainly(view, i)
    return Certainty(_outer(status), "affirmed", value, ranges)


def _outer(status: str) -> str:
    """The status as the record names it: an attempt is no status of its own."""
    return "happened" if status == "attempted" else status


def _told_plainly(view: View, i: int) -> float:
    """3.0, or the language model's value where it doubts and nothing in the words says why."""
    told = view.tokens[i].factuality
    if told is None or told >= PLAIN or _told_as_past(view, i):
        return 3.0
    return round(max(-3.0, min(3.0, told)) * 4) / 4


# ------------------------------------------------------------------ status and polarity


def _status(view: View, i: int, cues: Cues) -> tuple[str, bool]:
    """The status of a trigger, and whether it is denied: its own signs, then those of what governs it."""
    status = _own_status(view, i, cues)
    denied = is_negated(view, i)
    at = i
    for _ in range(REACH):
        up = view.head(at)
        if up < 0 or not _passes_down(view, at, up):
            break
        governing = _governing(view, up, at, cues)
        if governing == "denied":
            denied = not denied
        elif governing is not None and status == "happened":
            status = governing
        if not _transparent(view, up, at, cues, governing):
            break
        denied = denied != is_negated(view, up, besides=at)
        above = _own_status(view, up, cues)
        status = above if status == "happened" else status
        at = up
    return status, denied


def _governing(view: View, up: int, at: int, cues: Cues) -> str | None:
    """The status that the word `up` gives to what hangs on it, if any."""
    if view.lemmas[up] == "go" and view.tokens[up].xpos == "VBG" and view.bases[at] == "xcomp":
        return "planned"  # "was going to explode"
    status = cues.governor.get(view.lemmas[up])
    if status is None or status == "denied":
        return status
    base = view.bases[at]
    if base == "ccomp" and _told_as_past(view, at):
        return None  # "warned that troops had shelled": told, not asked for
    if base in ("obj", "obl", "nmod") and view.lemmas[up] in cues.clausal:
        return None
    return status


def _told_as_past(view: View, i: int) -> bool:
    """Whether a predicate is finite and past or present: "shelled", "had shelled", "was shelled"."""
    if view.tokens[i].xpos in ("VBD", "VBZ"):
        return True
    auxiliaries = [view.tokens[c] for c in view.below[i] if view.bases[c] in ("aux", "cop")]
    return any(token.xpos in ("VBD", "VBZ", "VBP") for token in auxiliaries)


def _passes_down(view: View, at: int, up: int) -> bool:
    """Whether what is said of `up` can bear on `at`: a complement, an object, a purpose."""
    cues = load_cues()
    base, dep = view.bases[at], view.tokens[at].dep
    if base in ("xcomp", "ccomp", "obj", "csubj"):
        return True
    if base == "nsubj":
        return dep == "nsubj:pass" or view.lemmas[up] in cues.transparent
    if base in ("nmod", "obl"):
        return view.preposition(at) in (
            "of",
            "for",
            "against",
            "to",
            "from",
            "with",
            "in",
            "on",
            "under",
        ) and (view.lemmas[up] in load_cues().governor or base == "nmod")
    if base == "acl":
        marked = _marked_to(view, at) or (view.tokens[at].xpos == "VBG" and bool(view.preposition(at)))
        return dep != "acl:relcl" and view.tokens[at].xpos in ("VB", "VBG") and marked
    if base == "advcl":
        return view.lemmas[up] in cues.governor and _marked_to(view, at)
    if base == "conj":
        own = any(view.bases[c] in ("nsubj", "aux") for c in view.below[at])
        return not own and view.tokens[at].xpos == view.tokens[up].xpos
    return False


def _transparent(view: View, up: int, at: int, cues: Cues, governing: str | None) -> bool:
    """Whether the climb goes on above `up`."""
    if view.bases[at] == "conj":
        return True
    if view.bases[at] == "ccomp":
        return governing is None and view.lemmas[up] in ("ensure", "mean", "hope")
    return governing is not None or view.lemmas[up] in cues.transparent or view.bases[at] in ("nmod", "acl")


def _marked_to(view: View, i: int) -> bool:
    return any(view.lemmas[c] == "to" and view.bases[c] in ("mark", "case", "aux") for c in view.below[i])


def _own_status(view: View, i: int, cues: Cues) -> str:
    """The status that stands in the words around a trigger itself."""
    words = {view.lower[c]: c for c in view.below[i]}
    auxiliaries = {view.lower[c] for c in view.below[i] if view.bases[c] == "aux"}
    if view.bases[i] == "advcl" or view.tokens[i].upos in VERBAL:
        marks = {view.lemmas[c] for c in view.below[i] if view.bases[c] == "mark"}
        if marks & cues.conditional_marks:
            return "hypothetical"
    perfect = bool({"have", "has", "had", "'ve"} & auxiliaries)
    if auxiliaries & cues.future and not perfect:
        return "planned"
    if view.lemmas[i] in PERCEIVED and "could" in auxiliaries:
        return "happened"  # "shots could be heard"
    if auxiliaries & (cues.possible | cues.ought | cues.future) and not (perfect and auxiliaries & cues.possible):
        return "hypothetical" if not perfect or auxiliaries & (cues.future | {"should", "ought"}) else "happened"
    if view.bases[i] == "advcl" and view.tokens[i].xpos == "VB" and _marked_to(view, i):
        return "happened" if view.lemmas[view.head(i)] == "use" else "planned"  # "drones were used to attack"
    if view.bases[i] in ("acl", "xcomp") and view.tokens[i].xpos == "VB" and _marked_to(view, i):
        governing = cues.governor.get(view.lemmas[view.head(i)], "") if view.head(i) >= 0 else ""
        if view.bases[i] == "acl" and governing in ("", "planned"):
            return "planned"
    for word, c in words.items():
        told = cues.modifier.get(word)
        if told is not None and told != "denied" and view.bases[c] in ("amod", "det"):
            return told
    if view.tokens[i].xpos == "VBG" and auxiliaries & {"is", "are", "'re", "'s", "’s", "’re"}:
        going = view.lemmas[i] == "go" and view.children(i, "xcomp")
        return "planned" if going else "ongoing"
    return "ongoing" if _goes_on(view, i, cues) else "happened"


def _goes_on(view: View, i: int, cues: Cues) -> bool:
    """Whether a noun is told, in the present, to go on: "clashes continue", "fighting is under way"."""
    up = view.head(i)
    if up < 0 or view.bases[i] != "nsubj":
        return False
    present = any(view.lower[c] in ("is", "are") for c in view.children(up, "cop", "aux"))
    if view.lemmas[up] in cues.ongoing_verbs:
        return view.tokens[up].xpos in ("VBZ", "VBP") or present
    return present and (view.lemmas[up] in ("underway", "ongoing") or view.preposition(up) == "under")


def as_calm(told: Certainty) -> Certainty:
    """The same, for an event that tells that nothing happened."""
    status = "calm" if told.status in ("happened", "ongoing") else told.status
    return replace(told, status=status)


def hedges_for(doc: Document, event: EventMention) -> list[Words]:
    """The hedges over an event (reportedly, may have, it emerged), in text order."""
    sentence = doc.sentence_at(event.trigger.span[0])
    certain = event.status in ("happened", "ongoing", "calm") and abs(event.factuality or 0.0) == 3.0
    if sentence is None or certain:  # a hedge leaves no event certain
        return []
    view = View(sentence, load_table())
    i = next((token.i for token in sentence.tokens if token.end > event.trigger.span[0]), -1)
    ranges = certainty_of(view, i).hedges if i >= 0 else ()
    spans = [(sentence.tokens[a].start, sentence.tokens[min(b, len(view.tokens)) - 1].end) for a, b in ranges]
    return [Words(span=span, text=doc.text[span[0] : span[1]]) for span in spans]
