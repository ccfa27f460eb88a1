"""Words by which a teller steps back from an event: reportedly, may have, is believed to, it emerged that."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.coding.event_cues import Cues
from trucewatch.coding.event_view import View

#: How many links above the trigger a hedge may stand.
REACH = 5
#: Verbs that with "it" leave the teller unnamed even in the active.
IMPERSONAL = ("appear", "seem", "emerge", "become", "transpire")


def hedge_ranges(view: View, i: int, cues: Cues) -> Iterator[tuple[int, int, float]]:
    """Token ranges of the hedges over a trigger, with what each leaves of the certainty."""
    yield from _hedges_at(view, i, cues)
    at = i
    for _ in range(REACH):
        up = view.head(at)
        if up < 0:
            return
        base = view.bases[at]
        if base in ("ccomp", "xcomp", "nmod", "acl", "csubj", "nsubj") or view.tokens[at].dep == "nsubj:pass":
            yield from _governing_hedge(view, up, at, cues)
        if base in ("ccomp",) or view.tokens[at].dep == "acl:relcl" or base == "advcl":
            return
        if base in ("obj", "nsubj", "xcomp", "conj", "obl") and view.tokens[up].upos in (
            "VERB",
            "AUX",
            "NOUN",
        ):
            yield from _hedges_at(view, up, cues, below=at)
        at = up


def _hedges_at(view: View, i: int, cues: Cues, below: int = -1) -> Iterator[tuple[int, int, float]]:
    perfect = any(view.lower[c] in ("have", "'ve") and view.bases[c] == "aux" for c in view.below[i])
    for c in view.below[i]:
        word, base = view.lower[c], view.bases[c]
        if word in cues.adverbs and base in ("advmod", "discourse", "parataxis", "amod", "obl"):
            yield c, c + 1, cues.adverbs[word]
        elif word in cues.adjectives and base == "amod" and below < 0:
            yield c, c + 1, cues.adjectives[word]
        elif perfect and base == "aux" and word in cues.modals:
            yield (
                c,
                c + 2 if view.tokens[min(c + 1, len(view.tokens) - 1)].lemma == "have" else c + 1,
                cues.modals[word],
            )


def _governing_hedge(view: View, up: int, at: int, cues: Cues) -> Iterator[tuple[int, int, float]]:
    """A governing verb without a teller ("is believed to", "it emerged that"), or "reports of" it."""
    lemma = view.lemmas[up]
    if view.tokens[up].upos == "NOUN" and lemma in cues.nouns and view.bases[at] in ("nmod", "acl"):
        unsure = [c for c in view.children(up, "amod") if view.lower[c] in cues.adverbs]
        yield (unsure[0] if unsure else up), up + 1, 1.0 if unsure else cues.nouns[lemma]
        return
    if lemma not in cues.verbs and not (lemma == "known" or view.lower[up] == "known"):
        return
    subjects = view.children(up, "nsubj", "expl", "csubj")
    expletive = any(view.lemmas[c] == "it" for c in subjects)
    passive = any(view.tokens[c].dep in ("aux:pass", "nsubj:pass") for c in view.below[up])
    known = "known" in (lemma, view.lower[up])
    # "it said that" has a teller, "it is said that" and "it emerged that" have none
    impersonal = expletive and (passive or known or lemma in IMPERSONAL)
    raised = lemma in ("appear", "seem") and view.bases[at] == "xcomp"
    if any(view.tokens[c].dep == "obl:agent" for c in view.below[up]):
        return
    if (
        (impersonal and view.bases[at] in ("ccomp", "csubj", "nsubj"))
        or raised
        or (passive and view.bases[at] == "xcomp")
    ):
        start = min([c for c in view.below[up] if c < up and view.bases[c] in ("aux", "cop", "expl", "nsubj")
                     and (view.bases[c] != "nsubj" or view.lemmas[c] == "it")], default=up)  # fmt: skip
        yield start, up + 1, cues.verbs.get(lemma, 1.5)
