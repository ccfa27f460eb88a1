"""Somebody told inside another phrase: "Houthi-held", "Syrian regime air raids", "Russian and Syrian forces"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.coding.actor_context import Coded, Context
from trucewatch.coding.actor_naming import alias_in, code_phrase, nation_of, noun_of, singular, telling_words
from trucewatch.coding.actor_phrases import words_of
from trucewatch.coding.actor_table import fold, word_list
from trucewatch.model import Sentence, Span, Token

_HELD = ("held", "controlled", "occupied", "run", "administered", "dominated", "besieged")
_HELD_WORD = re.compile(rf"^(?P<who>.+?)[-‐‑](?:{'|'.join(_HELD)})$", re.IGNORECASE)
_OWN = ("government", "regime", "army", "military", "police", "state")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in its sentence: token range, head, what it was coded to; `chars` where it is a part of a token."""

    start: int
    end: int
    head: int
    coded: Coded
    chars: Span | None = None


def code_owner(words: Sequence[str], context: Context) -> Coded | None:
    """Whose an act or a thing is, by the words before its noun: "Syrian regime", "Houthi", "rebel", "government"."""
    owners = tuple(telling_words([fold(w) for w in words if w != "us"]))
    if not owners:
        return None
    nation = nation_of(owners, context)
    last = owners[-1].removesuffix("'s")
    known = alias_in(owners, context, frozenset(fold(w) for w in words if w[:1].islower()))
    if known is not None and known.kind != "civilians":
        return context.named(known)
    if last in (*word_list("of_state"), *("coalition",)) or any(w in ("government", "regime") for w in owners):
        if last in ("national", "federal", "state", "presidential", "coalition"):
            return None
        return context.forces(nation or context.country(context.own), "police" if last == "police" else "forces")
    if nation is not None:
        home_place = last in context.tables.country_names and nation.code == context.own
        return None if home_place else context.forces(nation)
    return code_phrase(owners, context)


def kinds_of_titles(words: Sequence[str], context: Context) -> Coded | None:
    """Kind and side that a title before a person's name gives: "Russian Defence Minister", "Hamas leader"."""
    folded = [fold(word) for word in words]
    known = alias_in(folded, context, frozenset(fold(w) for w in words if w[:1].islower()))
    if known is not None:
        return context.named(known)
    home = nation_of(folded, context) or context.country(context.own)
    if any(singular(w) in context.tables.classes["opposition"] for w in folded):
        return context.armed(folded, opposition=True)
    if any(noun_of(w, None) in context.tables.classes["government"] for w in folded):
        return context.government(home) or Coded(None, "government", None, None)
    if any(
        w.removesuffix(".") in (*word_list("ranks"), "gen", "col", "lt", "maj", "brig", "sgt", "adm", "capt")
        for w in folded
    ):
        return context.forces(home)
    civilian = next((w for w in folded if noun_of(w, None) in context.tables.civilians), None)
    return Coded(None, "civilians", "civilians", context.own) if civilian else None


def holders(s: Sentence, context: Context) -> Iterator[Found]:
    """Who holds a place: "Houthi" of "Houthi-held", "government" of "government-held"."""
    for t in s.tokens:
        whole = _HELD_WORD.match(t.text)
        if whole:
            coded = code_owner([whole["who"]], context) or code_phrase([whole["who"]], context)
            if coded is not None:
                yield Found(
                    t.i, t.i + 1, t.i, _ruler(coded, whole["who"], context), (t.start, t.start + whole.end("who"))
                )
        elif t.text.lower() in _HELD and t.i >= 2 and s.tokens[t.i - 1].text in ("-", "‐", "‑", "–"):
            start = _first_piece(s, t.i - 2)
            words, at = words_of(s, start, t.i - 1, t.i - 2)
            coded = code_owner(words, context) or code_phrase(words, context, at)
            if coded is not None:
                yield Found(start, t.i - 1, t.i - 2, _ruler(coded, words[-1], context))


def _first_piece(s: Sentence, i: int) -> int:
    """The first token of a word of several: "al-Shabaab-held"."""
    while i > 0 and s.tokens[i - 1].end == s.tokens[i].start and s.tokens[i - 1].upos != "PUNCT":
        i -= 1
    return i


def _ruler(coded: Coded, word: str, context: Context) -> Coded:
    """A place that is "government-held" is held by the government, not by its forces."""
    if fold(word) in ("government", "regime") and coded.kind == "state_forces":
        return context.government(context.country(coded.country)) or coded
    return coded


def owners(s: Sentence, context: Context, taken: set[int]) -> Iterator[Found]:
    """Whose an act or a thing is: "rebel" of "rebel shelling", "Syrian regime" of "Syrian regime air raids"."""
    predicates = {frame.predicate for frame in s.frames}
    acts = context.tables.classes["acts"]
    for t in s.tokens:
        lemma = t.lemma.lower()
        act = lemma in acts or t.text.lower() in acts or t.i in predicates
        if t.upos != "NOUN" or not act or t.i == 0:
            continue
        found = _owner_before(s, t.i, context, taken)
        if found is not None:
            yield found


def _owner_before(s: Sentence, i: int, context: Context, taken: set[int]) -> Found | None:
    last = i - 1
    while last >= 0 and last > i - 5 and not _owner_word(s, last, context):
        if s.tokens[last].upos not in ("NOUN", "ADJ", "PUNCT", "NUM", "PROPN") or s.tokens[last].text in ",;:.()":
            return None
        last -= 1
    if last < 0 or last in taken or not _owner_word(s, last, context):
        return None
    start = last
    while start > 0 and start - 1 not in taken and (
        _owner_word(s, start - 1, context) or context.tables.loaded.fullmatch(s.tokens[start - 1].text)
    ):  # fmt: skip
        start -= 1
    words, _ = words_of(s, start, last + 1, last)
    coded = code_owner(words, context)
    if coded is not None and coded.kind == "state_forces" and s.tokens[i].lemma.lower() in _CIVIL_ACTS:
        coded = context.government(context.country(coded.country)) or coded
    return Found(start, last + 1, last, coded) if coded is not None else None


#: What governments do and not their forces.
_CIVIL_ACTS = (
    "mediation", "proposal", "plan", "initiative", "statement", "offer", "demand", "aid", "support", "sanction",
    "decision", "announcement", "talk", "agreement", "pressure", "diplomacy", "brokering", "visit", "vote", "veto",
)  # fmt: skip


def _owner_word(s: Sentence, i: int, context: Context) -> bool:
    token = s.tokens[i]
    if token.upos not in ("NOUN", "PROPN", "ADJ") or (i + 1 < len(s.tokens) and _has_affix(s, i)):
        return False
    tables, word = context.tables, fold(token.text)
    if word in tables.by_word:
        return token.text[:1].isupper() and (word not in tables.country_names or token.upos == "PROPN")
    lemma = word[:-1] if word.endswith("s") else word
    return word in _OWN or lemma in tables.classes["opposition"] or lemma in tables.armed_labels or lemma in (
        "militia", "insurgent", "paramilitary", "mercenary"
    )  # fmt: skip


def _has_affix(s: Sentence, i: int) -> bool:
    """ "Russian-made missiles", "government-backed": no owner."""
    after = s.tokens[i + 1]
    return after.text[:1] in "-‐‑" and after.start == s.tokens[i].end


def pair(s: Sentence, start: int, end: int, head: int, context: Context) -> list[Found]:
    """ "Russian and Syrian forces": the first nation by its word, the second with the noun; else nothing."""
    joint = [j for j in range(start + 1, head - 1) if s.tokens[j].upos == "CCONJ"]
    if not joint:
        return []
    left, _ = words_of(s, start, joint[-1], joint[-1] - 1)
    right, at = words_of(s, joint[-1] + 1, end, head)
    if not _is_owner(s.tokens[joint[-1] - 1], s, context) or not _is_owner(s.tokens[joint[-1] + 1], s, context):
        return []
    first = code_owner(left, context)
    second = code_phrase(right, context, at, s.tokens[head].lemma)
    if first is None or second is None or first.name == second.name or second.kind in ("civilians", "unknown"):
        return []
    if second.kind == "government" and first.kind == "state_forces":
        first = context.government(context.country(first.country)) or first
    return [Found(start, joint[-1], joint[-1] - 1, first), Found(joint[-1] + 1, end, head, second)]


def _is_owner(token: Token, s: Sentence, context: Context) -> bool:
    return _owner_word(s, token.i, context) or fold(token.text) in context.tables.aliases
