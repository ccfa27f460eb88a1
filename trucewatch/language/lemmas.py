"""Lemmas as edit rules: `l-3+y` makes `city` of `Cities`.

A rule is a case step (`k` keep, `l` lower, `t` lower all but the first letter), how many letters to strip at
the end (`*` for all), and what to add. The model picks the rule of each word; the rules were learnt from
the lemmas of the training treebanks.

Layer: lowest of language. Imports nothing from the package.
"""

from __future__ import annotations

import re


def cased(form: str, step: str) -> str:
    """Give the form after the case step."""
    if step == "l":
        return form.lower()
    return form[:1] + form[1:].lower() if step == "t" else form


def rule_of(form: str, lemma: str) -> str:
    """Give the shortest rule that turns the form into the lemma; on a tie the plainest case step wins."""
    best: tuple[int, str] | None = None
    for step in "klt":
        start = cased(form, step)
        same = 0
        while same < min(len(start), len(lemma)) and start[same] == lemma[same]:
            same += 1
        strip, add = len(start) - same, lemma[same:]
        cost = strip + len(add)
        shown = "*" if same == 0 and strip else str(strip)
        if best is None or cost < best[0]:
            best = (cost, f"{step}-{shown}+{add}")
    assert best is not None
    return best[1]


def apply_rule(form: str, rule: str) -> str:
    """Give the lemma that the rule makes of the form; the form itself if the rule strips more than there is."""
    start = cased(form, rule[0])
    strip, _, add = rule[2:].partition("+")
    if strip == "*":
        return add or start
    cut = int(strip)
    if cut >= len(start) and not add:
        return start
    return (start[: len(start) - cut] if cut else start) + add


class Lexicon:
    """Lemmas by table and by the regular endings, with the model's rule as the last word.

    `table` maps `form<TAB>xpos` (form in lower case) to the lemma of the training treebanks; `words` are
    whole words of the vocabulary, by which a stem is known to be one (`shell` of `shelled`, not `shelle`).
    """

    def __init__(self, table: dict[str, str], words: frozenset[str]) -> None:
        """Keep the table and the known words."""
        self.table = table
        self.words = words

    def lemma(self, form: str, xpos: str, rule: str) -> str:
        """Give the lemma of a form that bears the tag `xpos` and for which the model picked `rule`."""
        lower = form.lower().replace("’", "'")
        known = self.table.get(f"{lower}\t{xpos}")
        if known is not None:
            return known
        ruled = apply_rule(form, rule)
        if xpos == "CD" and lower[0].isdigit():
            return form.replace(",", "")
        if xpos not in ENDINGS or len(lower) < 4 or not lower.isalpha():
            return ruled
        guesses = stems_of(lower, xpos)
        if not guesses:
            return ruled if ruled in self.words else lower
        for guess in guesses:
            if guess in self.words:
                return guess
        return ruled if ruled in guesses else guesses[0]


ENDINGS = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "VBZ": "s", "NNS": "s"}


# `conven` wants its e back, `happen` does not: a lone consonant that was not doubled, or a soft ending.
WANTS_E = re.compile(r"(?:dg|nc|rc|rs|rg|v|u|c|iz|as|at)$|[^aeiou][aeiou][^aeiouwxy]$")
PLAIN = re.compile(r"(?:er|en|it|et|el|or|on|op|al|il|om|ip|ow)$(?<!ven)(?<!phon)(?<!clin)")


def stems_of(lower: str, xpos: str) -> list[str]:
    """Give what the form may be a regular inflection of, the likeliest first; empty if it looks irregular."""
    ending = ENDINGS[xpos]
    if not lower.endswith(ending) or len(lower) <= len(ending) + 1:
        return []
    stem = lower[: -len(ending)]
    if ending == "s":
        if stem.endswith("ie") and len(stem) > 3:
            return [stem[:-2] + "y", stem]
        if stem.endswith(("sse", "she", "che", "xe", "zze", "oe")):
            return [stem[:-1], stem]
        return [stem] if not stem.endswith(("s", "u")) else []
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    if doubled:
        plain, kept = stem[:-1], stem
        return [kept, plain] if stem[-1] in "lsfz" else [plain, kept]
    if ending == "ed" and stem.endswith("i"):
        return [stem[:-1] + "y"]
    return [stem + "e", stem] if WANTS_E.search(stem) and not PLAIN.search(stem) else [stem, stem + "e"]
