"""Inflected forms of the words that the tables know.

The language model guesses the lemma of a word; where the word is a form of one that the tables know, the
lemma of the tables is taken instead: then a wrong guess costs no event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

VOWELS = "aeiou"


def verb_forms(lemma: str) -> set[str]:
    """The regular forms of a verb, itself included."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    forms = {lemma, lemma + "s", stem + "ed", stem + "ing"}
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(lemma + "es")
    if lemma.endswith("y") and len(lemma) > 2 and lemma[-2] not in VOWELS:
        forms |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    if lemma.endswith("ee"):
        forms |= {lemma + "d", lemma + "ing"}
    if lemma.endswith("o"):
        forms.add(lemma + "es")
    if len(lemma) > 2 and lemma[-1] not in VOWELS + "wxy" and lemma[-2] in VOWELS and lemma[-3] not in VOWELS:
        forms |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    return forms


def noun_forms(lemma: str) -> set[str]:
    """A noun and its regular plural."""
    forms = {lemma, lemma + "s"}
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(lemma + "es")
    if lemma.endswith("y") and len(lemma) > 2 and lemma[-2] not in VOWELS:
        forms.add(lemma[:-1] + "ies")
    return forms


def form_index(
    verbs: Iterable[str], nouns: Iterable[str], irregular_verbs: Mapping[str, str], plurals: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """The lemma by form, for verbs and for nouns; a shorter way to a lemma wins over a longer one."""
    index: dict[str, dict[str, str]] = {"VERB": {}, "NOUN": {}}
    for kind, lemmas, inflect in (("VERB", verbs, verb_forms), ("NOUN", nouns, noun_forms)):
        known = sorted(set(lemmas))
        for lemma in known:
            for form in inflect(lemma):
                if form == lemma or form not in known:
                    index[kind].setdefault(form, lemma)
            index[kind][lemma] = lemma
    index["VERB"].update(irregular_verbs)
    index["NOUN"].update(plurals)
    return index
