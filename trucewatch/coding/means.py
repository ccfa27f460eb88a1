"""With what: the weapons and kinds of fire that a document names, and those that an event was done with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from trucewatch.coding.count_forms import form_in
from trucewatch.errors import DataError
from trucewatch.language.phrases import base, children, children_with, path_up, token_at
from trucewatch.model import Document, EventMention, Means, Sentence, Token

_CASES_OF_USE = frozenset({"with", "by", "from", "using", "under", "amid", "of", "through", "in", "to"})
_CLAUSAL = ("root", "conj", "advcl", "acl", "ccomp", "xcomp", "parataxis", "csubj")
_FIRING = ("exchange", "burst", "barrage", "use")
_CEASING = ("hold", "cease", "halt", "stop")


@dataclass(frozen=True, slots=True)
class MeansTables:
    """Wordings and their kinds, the pattern that finds them, and what makes one no means."""

    kinds: Mapping[str, str]
    patterns: Mapping[str, re.Pattern[str]]  # first word -> the wordings that begin with it
    needs_use: frozenset[str]
    uses: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]


@lru_cache(maxsize=1)
def load_means() -> MeansTables:
    """The table of means as shipped. Raises DataError where the file is missing or broken."""
    try:
        raw = tomllib.loads(files("trucewatch.data").joinpath("means.toml").read_text("utf-8"))
        kinds = {words: kind for kind, wordings in raw["kinds"].items() for words in wordings}
        return MeansTables(
            kinds=kinds,
            patterns=_patterns(kinds),
            needs_use=frozenset(raw["needs_use"]["words"]),
            uses=frozenset(raw["needs_use"]["uses"]),
            not_after=frozenset(raw["not_means"]["after"]),
            not_before=frozenset(raw["not_means"]["before"]),
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError, ModuleNotFoundError) as error:
        raise DataError(
            f"The table of means (trucewatch/data/means.toml) cannot be read: {error}. Install the package again."
        ) from error


def _patterns(kinds: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """One pattern for each first word, its longest wording first; any word may stand in the plural."""
    by_first: dict[str, list[str]] = {}
    for words in sorted(kinds, key=lambda words: (-len(words), words)):
        by_first.setdefault(re.split(r"[\s-]", words)[0], []).append(words)
    return {first: _pattern(wordings) for first, wordings in by_first.items()}


def _pattern(wordings: Sequence[str]) -> re.Pattern[str]:
    bodies = [r"\s+".join(re.escape(word) + r"(?:s|es)?" for word in words.split()) for words in wordings]
    return re.compile("(?:" + "|".join(bodies) + r")(?!\w)", re.IGNORECASE)


def _wording(found: str, kinds: Mapping[str, str]) -> str:
    """The wording of the table behind words of the text, plurals undone."""
    words = found.lower().split()
    plain = " ".join(words)
    if plain in kinds:
        return plain
    singulars = [w if w.endswith("ss") else w.removesuffix("s") for w in words]
    for candidate in (
        [*words[:-1], singulars[-1]],
        [*words[:-1], words[-1].removesuffix("es")],
        singulars,
        [*singulars[:-1], words[-1]],
    ):
        if " ".join(candidate) in kinds:
            return " ".join(candidate)
    return plain


def find_means(doc: Document) -> list[Means]:
    """The means named in the article's own parts, in text order, each with its kind."""
    tables = load_means()
    return [means for s in doc.sentences for means in _in_sentence(doc.text, s, tables)]


def _in_sentence(text: str, s: Sentence, tables: MeansTables) -> list[Means]:
    found: list[Means] = []
    end = s.start
    for t in s.tokens:
        pattern = _pattern_at(t, tables) if t.start >= end else None
        match = pattern.match(text, t.start, s.end) if pattern is not None else None
        if match is None or (t.start > s.start and text[t.start - 1] in "-‑_"):
            continue
        wording = _wording(match.group(), tables.kinds)
        kind = tables.kinds.get(wording)
        if kind is not None and _is_means(s, match.start(), match.end(), wording, tables):
            found.append(Means(span=match.span(), text=match.group(), kind=kind))
            end = match.end()
    return found


def _pattern_at(t: Token, tables: MeansTables) -> re.Pattern[str] | None:
    """The pattern of the wordings that may begin with a token, its plural undone."""
    first = t.text.lower().split("-")[0]
    for form in (first, first.removesuffix("s"), first.removesuffix("es")):
        if form in tables.patterns:
            return tables.patterns[form]
    return None


def _is_means(s: Sentence, start: int, end: int, wording: str, tables: MeansTables) -> bool:
    first, last = token_at(s, start), token_at(s, end - 1)
    if first < 0 or last < 0 or s.tokens[last].end < end:
        return False
    head = s.tokens[last]
    before = s.tokens[first - 1].text.lower() if first else ""
    after = s.tokens[last + 1].lemma.lower() if last + 1 < len(s.tokens) else ""
    if after in tables.not_after or (before in tables.not_before and wording in tables.needs_use):
        return False
    if first == last and head.upos in ("VERB", "AUX", "PROPN") and wording in tables.needs_use:
        return False
    if head.upos in ("VERB", "AUX") and first == last:
        return False
    if _ceased(s, first, head):
        return False
    return wording not in tables.needs_use or _used(s, head, before, tables)


def _ceased(s: Sentence, first: int, head: Token) -> bool:
    """Whether it is fire that is held: "hold their fire", "cease fire"."""
    if head.text.lower() != "fire":
        return False
    governor = form_in(s.tokens[head.head], _CEASING) if head.head >= 0 else ""
    near = {form_in(t, _CEASING) for t in s.tokens[max(0, first - 3) : first]}
    return (base(head.dep) == "obj" and governor in _CEASING) or bool(near & {"hold", "cease"})


def _used(s: Sentence, head: Token, before: str, tables: MeansTables) -> bool:
    """Whether words that may name a thing or an act stand as what was used."""
    if before in ("with", "by", "using", "from", "amid") or head.head < 0:
        return before in ("with", "by", "using", "from", "amid")
    if base(head.dep) == "conj":
        return _used(s, s.tokens[head.head], "", tables) if head.head < head.i else False
    cases = {s.tokens[c].text.lower() for c in children(s, head.i) if base(s.tokens[c].dep) == "case"}
    governor = s.tokens[head.head]
    if cases & {"with", "by", "using", "from", "amid"}:
        return True
    verbal = base(head.dep) in ("obj", "nsubj", "obl") and form_in(governor, tables.uses) in tables.uses
    exchanged = base(head.dep) == "nmod" and form_in(governor, _FIRING) in _FIRING
    return verbal or exchanged


def means_for(doc: Document, event: EventMention, means: Sequence[Means]) -> list[Means]:
    """The means of an event: those in its own words, its arguments and adjuncts, and the clauses that only
    tell how it was done. In text order, each kind once by its fullest wording."""
    s = doc.sentence_at(event.trigger.span[0])
    if s is None:
        return []
    trigger = token_at(s, event.trigger.span[0])
    here = [m for m in means if s.start <= m.span[0] and m.span[1] <= s.end]
    mine = [m for m in here if trigger >= 0 and _belongs(s, trigger, event, m)]
    return _named_best(mine)


def _named_best(found: Sequence[Means]) -> list[Means]:
    """Without "fire" where a kind is named beside it, and each kind once."""
    named = [m for m in found if m.kind != "unspecified"] or list(found)
    kept: dict[str, Means] = {}
    for m in named:
        if m.kind not in kept or len(m.text) > len(kept[m.kind].text):
            kept[m.kind] = m
    return sorted(kept.values(), key=lambda m: m.span)


def _belongs(s: Sentence, trigger: int, event: EventMention, m: Means) -> bool:
    if m.span[0] < event.trigger.span[1] and event.trigger.span[0] < m.span[1]:
        return True
    at = token_at(s, m.span[1] - 1)
    if at < 0:
        return False
    mine, theirs = clause_of(s, trigger), clause_of(s, at)
    if mine == theirs or trigger in path_up(s, at)[:4]:
        return True
    t = s.tokens[theirs]
    tells_how = base(t.dep) in ("advcl", "acl", "xcomp") and t.head in (mine, trigger)
    own_subject = bool(children_with(s, theirs, "nsubj"))
    return (tells_how and not own_subject) or (
        base(s.tokens[mine].dep) in ("acl", "xcomp") and theirs == s.tokens[mine].head
    )


def clause_of(s: Sentence, i: int) -> int:
    """The word that heads the clause of a token: the nearest verb above it, or the root."""
    for at in path_up(s, i):
        t = s.tokens[at]
        if t.upos in ("VERB", "AUX") and base(t.dep) not in ("aux", "cop", "amod", "compound"):
            return at
        if base(t.dep) in _CLAUSAL and t.head < 0:
            return at
    return i
