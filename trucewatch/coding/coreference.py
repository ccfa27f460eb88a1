"""Who is the same as whom: names told again, appositions, short names, "its forces", "the group", "they".

A pronoun becomes a mention only where one antecedent is plainly nearest: the subject told last that fits in number.
`same_as` joins mentions of one and the same: bodies and named persons, not some fighters with the next ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from trucewatch.coding.actor_context import Coded, Context
from trucewatch.coding.actor_table import fold, word_list
from trucewatch.language import phrases
from trucewatch.model import ActorMention, Document, Sentence, Span, Token

_POSSESSIVES = ("its", "their", "his", "her")
_PLURAL = ("they", "them")
_PERSONS = ("he", "she", "him")
_ARMED = ("rebel_group", "militia")
_BODIES = ("government", "state_forces", "rebel_group", "militia", "igo", "ngo", "monitor", "media")
#: Heads that stand for a whole body, so that two mentions of it are the same.
_WHOLE = re.compile(
    r"\b(army|military|forces|air force|navy|police|movement|group|groups|militia|organi[sz]ation|government|regime"
    r"|authorities|administration|ministry|rebels|insurgents|guerrillas|separatists|opposition|terrorists|militants|extremists|jihadists"
    r"|islamists|front|council|society|mission|command|coalition|junta|observatory)$",
    re.IGNORECASE,
)


def link(doc: Document, mentions: Sequence[ActorMention], context: Context) -> list[ActorMention]:
    """The mentions with ids and `same_as`, what refers back resolved, and pronouns and short names added."""
    added = [*_short_names(doc, mentions), *_pronouns(doc, mentions)]
    done: list[ActorMention] = []
    meant: dict[Span, Span] = {}  # pronoun -> what it stands for
    for mention in sorted([*mentions, *added], key=lambda m: (m.span, m.name is None)):
        found = _antecedent(doc, mention, fold(mention.text), done) if _is_pronoun(mention) else None
        resolved = _as(mention, found) if found else _resolved(doc, mention, done, context)
        if found is not None:
            meant[mention.span] = found.span
        if resolved is not None:
            done.append(resolved)
    return _same(done, meant, context)


def _is_pronoun(m: ActorMention) -> bool:
    return m.name is None and fold(m.text) in (*_PLURAL, *_PERSONS, "it")


# ------------------------------------------------------------------ same_as


def _same(mentions: Sequence[ActorMention], meant: Mapping[Span, Span], context: Context) -> list[ActorMention]:
    """Ids in the order of the words; each mention of a body or a known person points to the one that names it best."""
    numbered = [replace(m, id=f"a{n}") for n, m in enumerate(mentions, start=1)]
    groups: dict[tuple[str, str], list[ActorMention]] = {}
    for m in numbered:
        key = _key(m, groups) if m.span not in meant else None
        if key is not None:
            groups.setdefault(key, []).append(m)
    first: dict[str, str] = {}
    for members in groups.values():
        best = next((m for m in members if _names(m, context)), members[0])
        first |= {m.id: best.id for m in members if m.id != best.id}
    at = {m.span: m.id for m in numbered}
    for m in numbered:
        if m.span in meant:
            stands_for = at[meant[m.span]]
            first[m.id] = first.get(stands_for, stands_for)
    return [replace(m, same_as=first.get(m.id)) for m in numbered]


def _key(m: ActorMention, groups: dict[tuple[str, str], list[ActorMention]]) -> tuple[str, str] | None:
    """What a mention is joined by, or None where it is some of many."""
    words = fold(m.text).split()
    if m.name is None:
        return None
    pronoun = words[0] == "one" and len(words) <= 4
    if m.kind in ("civilians", "unknown") and not m.name[:1].isupper():
        key = ("people", m.name)
        definite = words[0] in ("the", "these", "those") or pronoun
        again = (definite and key in groups) or (m.name not in word_list("wide") and m.kind == "civilians")
        return key if again or key not in groups else None
    proper = fold(m.name) in fold(m.text) or not words[-1][:1].isalpha()
    if pronoun or proper or (len(words) == 1 and m.text[:1].isupper()):
        return _body_key(m)
    of = words.index("of") if "of" in words else len(words)
    return _body_key(m) if _WHOLE.search(" ".join(words[:of])) and not _some(words) else None


def _some(words: Sequence[str]) -> bool:
    return (
        bool({"wounded", "injured", "captured", "a", "an", "another", "other"} & set(words[:2]))
        and words[-1][-1:] == "s"
    )


def _body_key(m: ActorMention) -> tuple[str, str]:
    general = m.kind == "state_forces" and (m.name or "").endswith(("government forces", "armed forces"))
    return ("forces", m.side or "") if general else ("name", m.name or "")


def _names(m: ActorMention, context: Context) -> bool:
    text = fold(m.text).removeprefix("the ")
    proper = (m.name or "")[:1].isupper()
    return proper and (text == fold(m.name or "") or context.known(text) is not None)


# ------------------------------------------------------------------ mentions that the words before make


def _short_names(doc: Document, mentions: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """ "(SRC)" after a name and SRC later; "the Council" after "the Sabir Resistance Council"."""
    covered = sorted(m.span for m in mentions)
    abbreviations: dict[str, ActorMention] = {}
    lasts: dict[str, ActorMention] = {}
    for m in mentions:
        if not _is_name(m):
            continue
        told = re.match(r"\s*\(\s*[\"“]?([A-Z][\w&/-]{1,9})[\"”]?\s*\)", doc.text[m.span[1] : m.span[1] + 20])
        if told and told.group(1).upper() != "AP":
            abbreviations.setdefault(told.group(1), m)
        if m.kind in _BODIES and " " in (m.name or ""):
            lasts.setdefault(fold(m.name or "").rsplit(" ", 1)[-1], m)
    for s in doc.sentences:
        for t in s.tokens:
            full = abbreviations.get(t.text) or _short_for(s, t, lasts)
            start = s.tokens[t.i - 1].start if t.i and s.tokens[t.i - 1].text.lower() == "the" else t.start
            if full is not None and full.span[1] <= start and not _overlaps((start, t.end), covered):
                yield _as(ActorMention(span=(start, t.end), text=doc.text[start : t.end]), full)


def _short_for(s: Sentence, t: Token, lasts: dict[str, ActorMention]) -> ActorMention | None:
    full = lasts.get(fold(t.text))
    if full is None or t.i == 0 or s.tokens[t.i - 1].text.lower() != "the":
        return None
    alone = t.i + 1 >= len(s.tokens) or s.tokens[t.i + 1].upos not in ("NOUN", "PROPN")
    return full if alone and t.upos in ("NOUN", "PROPN") else None


def _overlaps(span: Span, covered: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in covered)


def _pronouns(doc: Document, mentions: Sequence[ActorMention]) -> Iterator[ActorMention]:
    covered = sorted(m.span for m in mentions)
    for s in doc.sentences:
        for t in s.tokens:
            word = t.text.lower()
            if t.upos == "PRON" and (word in (*_PLURAL, *_PERSONS) or (word == "it" and _says(s, t))):
                if not _overlaps((t.start, t.end), covered):
                    yield ActorMention(span=(t.start, t.end), text=doc.text[t.start : t.end])
            elif word == "ones" and t.i:
                start = next((c for c in phrases.children(s, t.i) if s.tokens[c].upos in ("ADJ", "NOUN")), t.i)
                first = s.tokens[start].start
                if start < t.i and not _overlaps((first, t.end), covered):
                    quoted = doc.text[first - 1 : first] in "\"“‘'" and first > s.start
                    span = (first - quoted, t.end)
                    yield ActorMention(span=span, text=doc.text[slice(*span)])


def _says(s: Sentence, t: Token) -> bool:
    return phrases.base(t.dep) == "nsubj" and t.head >= 0 and s.tokens[t.head].lemma.lower() in word_list("saying")


# ------------------------------------------------------------------ resolving


def _resolved(
    doc: Document, mention: ActorMention, before: Sequence[ActorMention], context: Context
) -> ActorMention | None:
    words = fold(mention.text).split()
    if mention.name is None:
        return _referring(mention, words, before, context)
    apposed = _apposed_to(doc, mention, words, before)
    if apposed is not None:
        return _as(mention, apposed)
    if words[0] in _POSSESSIVES and mention.kind in ("state_forces", "unknown", "rebel_group", "government"):
        owner = _owner(doc, mention, before)
        return _as_forces(mention, owner, context) if owner else mention
    if words[0] in ("the", "this", "that") and words[-1] in word_list("group_heads") and not _is_name(mention):
        group = _group(mention, words, before, context)
        return _as(mention, group) if group else mention
    if mention.kind == "state_forces" and mention.side is None and mention.name == "government forces":
        army = next((m for m in reversed(before) if m.kind == "state_forces" and m.side), None)
        return _as(mention, army) if army else mention
    if mention.kind == "unknown" and mention.name[:1].isupper() and " " not in mention.name:
        full = next((m for m in before if m.name and " " in m.name and m.name.split(" ")[-1] == mention.name), None)
        return _as(mention, full) if full else mention
    return mention


def _referring(
    mention: ActorMention, words: Sequence[str], before: Sequence[ActorMention], context: Context
) -> ActorMention | None:
    """ "The moderate ones", with whom they stand for; None where that is not plain."""
    if words[-1] != "ones" or not context.tables.loaded.search(mention.text):
        return None
    group = next((m for m in reversed(before) if m.kind in (*_ARMED, "unknown") and m.side), None)
    return replace(_as(mention, group), loaded=True) if group else None


def _group(
    mention: ActorMention, words: Sequence[str], before: Sequence[ActorMention], context: Context
) -> ActorMention | None:
    """ "The group", "the rebels": the armed group named last, for several the only one that the report names."""
    named = [m for m in before if m.kind in _ARMED and _is_name(m)]
    if not named:
        return None
    if words[-1].endswith("s") and words[-1] not in ("guerrillas",):
        only = {m.name for m in named}
        at_home = named[-1].country in (context.own, None) or context.own is None
        return named[-1] if len(only) == 1 and at_home and not context.conflict(["-"]) else None
    return named[-1] if mention.kind in (*_ARMED, "unknown") else None


def _is_name(m: ActorMention) -> bool:
    return m.name is not None and m.name[:1].isupper() and (fold(m.name) in fold(m.text) or m.text[-1:].isupper())


def _apposed_to(
    doc: Document, mention: ActorMention, words: Sequence[str], before: Sequence[ActorMention]
) -> ActorMention | None:
    """The named mention right before, parted by a comma: "the Council, an armed group"."""
    last = before[-1] if before else None
    if last is None or _is_name(mention) or not _is_name(last) or last.kind == "government":
        return None
    between = doc.text[last.span[1] : mention.span[0]]
    if between.strip() not in (",", "-", "–", "—") or words[0] not in ("a", "an", "the", "its", "another"):
        return None
    return (
        last if words[-1] in word_list("kinds_of_body") and mention.kind not in ("civilians", "state_forces") else None
    )


def _as(mention: ActorMention, other: ActorMention) -> ActorMention:
    return replace(mention, name=other.name, kind=other.kind, side=other.side, country=other.country)


def _as_forces(mention: ActorMention, owner: ActorMention, context: Context) -> ActorMention:
    """ "Its forces": a government's are its state's, a group's are the group."""
    state = context.country(owner.country)
    if mention.kind == "government":
        return mention
    if owner.kind == "government" and state is not None and owner.side in (state.code, f"{state.code}:government"):
        coded: Coded = context.forces(state)
        return replace(mention, name=coded.name, kind=coded.kind, side=coded.side, country=coded.country)
    return _as(mention, owner)


def _owner(doc: Document, mention: ActorMention, before: Sequence[ActorMention]) -> ActorMention | None:
    sentence = doc.sentence_at(mention.span[0])
    owning = ("government", "state_forces", "rebel_group", "militia")
    same = [
        m
        for m in before
        if sentence and m.span[0] >= sentence.start and m.kind in owning and m.span[1] <= mention.span[0]
    ]
    subjects = [m for m in same if _is_subject(sentence, m)]
    return subjects[-1] if subjects else (same[-1] if same else None)


def _antecedent(doc: Document, mention: ActorMention, word: str, before: Sequence[ActorMention]) -> ActorMention | None:
    """The subject told last that fits, in this sentence before the pronoun or in the one before it."""
    at = next((k for k, s in enumerate(doc.sentences) if s.start <= mention.span[0] < s.end), None)
    if at is None:
        return None
    for s in (doc.sentences[at], doc.sentences[at - 1] if at else None):
        if s is None:
            continue
        here = [m for m in before if s.start <= m.span[0] < s.end and m.span[1] <= mention.span[0] and _fits(m, word)]
        subjects = [m for m in here if _is_subject(s, m)]
        if subjects:
            return subjects[-1] if s is doc.sentences[at] else subjects[0]
        if len({m.name for m in here}) == 1 and word not in _PERSONS:
            return here[-1]
        if here and word not in _PERSONS:
            return None
    return None


_COLLECTIVE = re.compile(
    r"\b(army|military|police|government|regime|movement|group|militia|people|opposition|navy|side)$", re.I
)


def _fits(m: ActorMention, word: str) -> bool:
    """Whether a pronoun can stand for a mention: persons for "he", bodies for "it", several or a body for "they"."""
    person = _is_person(m)
    text = fold(m.text)
    if word in _PERSONS:
        return person or text in _PERSONS
    if word == "it":
        return (m.kind in _BODIES and not text.endswith("s")) or text == "it"
    many = text.endswith(
        ("s", "men", "women", "people", "police", "children", "wounded", "sick", "injured", "displaced")
    )
    return text in _PLURAL or many or bool(_COLLECTIVE.search(text)) or (m.kind in _ARMED and not person)


_PERSONAL = ("government", "unknown", "state_forces", "rebel_group", "militia", "monitor", "civilians", "igo")


def _is_person(m: ActorMention) -> bool:
    """Whether a mention is of one person by name: a name of capitals and particles, no class and no body."""
    if m.name is None or m.kind not in _PERSONAL or " " not in m.name or m.name not in m.text:
        return False
    return all(w[:1].isupper() or (w.islower() and len(w) <= 3) for w in m.name.split())


def _is_subject(s: Sentence | None, mention: ActorMention) -> bool:
    if s is None:
        return False
    tokens = [t.i for t in s.tokens if mention.span[0] <= t.start and t.end <= mention.span[1]]
    if not tokens:
        return False
    head = phrases.head_of_span(s, (tokens[0], tokens[-1] + 1))
    for i in phrases.path_up(s, head):
        dep = phrases.base(s.tokens[i].dep)
        if dep == "nsubj":
            return True
        if dep not in ("nmod", "conj", "compound", "flat", "appos"):
            return False
    return False
