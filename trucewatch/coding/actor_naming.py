"""From the words of a phrase to a neutral name, a kind and a side.

A phrase is read by the first of these that knows it: a named actor in it, a two-word noun, a label, a noun of force,
of opposition, of government, of people. No name ever carries a loaded word (law 5 of the record).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trucewatch.coding.actor_context import Coded, Context
from trucewatch.coding.actor_table import Country, Known, fold, load_tables, word_list

#: What stands before these is no owner: "Turkish-backed rebels", "an al-Qaeda-linked group".
_AFFIX = re.compile(
    r"-(backed|led|allied|trained|armed|funded|supported|aligned|linked|affiliated|made|based|born|inspired|speaking"
    r"|sponsored|dominated|occupied|built|supplied)$"
)
_ORGANS = ("government", "state_forces")
_HELD = re.compile(r"-(run|held|controlled|besieged)$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to be coded: folded words, the head's place among them, its noun as the tables know it."""

    words: tuple[str, ...]
    before: tuple[str, ...]  # words before the head that may tell whose: no "Turkish-backed"
    raw: tuple[str, ...]  # words before the head, all of them
    noun: str
    nation: Country | None
    alias: Known | None
    covers: bool  # the alias is the phrase, its determiner aside


def code_phrase(
    words: Sequence[str], context: Context, head: int | None = None, lemma: str | None = None
) -> Coded | None:
    """What a phrase denotes, or None where it denotes nobody that the tables know.

    `words` are the phrase's words as they stand, `head` the index of its head among them (the last by default).
    """
    folded = tuple(fold(word) for word in words if word.strip() and word != "us")
    if not folded:
        return None
    head = len(folded) - 1 if head is None or head >= len(folded) else head
    noun = noun_of(folded[head], lemma)
    lower = frozenset(fold(word) for word in words if word[:1].islower())
    inner = _inner(words, folded, head, noun, context)
    if inner is not None:
        return inner
    phrase = _phrase(folded, head, noun, context, lower)
    return next((coded for step in _STEPS if (coded := step(phrase, context)) is not None), None)


def _inner(words: Sequence[str], folded: tuple[str, ...], head: int, noun: str, context: Context) -> Coded | None:
    """ "One of the wounded", "members of the SDF", "a crowd of mourners": those in the "of" phrase."""
    if noun not in word_list("partitive") or "of" not in folded[head + 1 :]:
        return None
    coded = code_phrase(words[folded.index("of", head + 1) + 1 :], context)
    if coded is not None and (noun in word_list("one_of") or coded.kind != "civilians" or noun in ("crowd", "group")):
        return coded
    return Coded("people", "unknown", None, context.own) if noun in ("member", "representative") else None


def _phrase(words: tuple[str, ...], head: int, noun: str, context: Context, lower: frozenset[str]) -> Phrase:
    raw = words[:head]
    before = tuple(telling_words(raw))
    own = words[head] if words[head].endswith("'s") else None
    known = alias_in((*before, *words[head:]), context, lower)
    whole = " ".join(w for w in words if w not in ("the", "a", "an"))
    covers = known is not None and whole.removesuffix("'s") in context.tables.aliases
    return Phrase(words, before, raw, noun, nation_of((*before, own or ""), context), known, covers)


def telling_words(words: Sequence[str]) -> list[str]:
    """The words that may tell whose a phrase is."""
    kept: list[str] = []
    for word in words:
        if word in word_list("affixes") and kept:
            kept.pop()
        elif _HELD.search(word):
            kept.append(_HELD.sub("", word))
        elif not _AFFIX.search(word):
            kept.append(word)
    return kept


def noun_of(word: str, lemma: str | None) -> str:
    """The head's lemma where the tables know it, else the word less a plural ending."""
    tables = load_tables()
    word = word.removesuffix("'s").strip("\"“”‘'.,()")
    last = word.rsplit("-", 1)[-1]
    for candidate in (word, fold(lemma or ""), singular(word), last, singular(last)):
        if candidate in tables.nouns:
            return candidate
    return fold(lemma or word)


def singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def nation_of(words: Sequence[str], context: Context) -> Country | None:
    """The nation that stands last among the words, the longest name of it."""
    tables = context.tables
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - 4), end):
            text = " ".join(words[start:end]).removesuffix("'s")
            if text.endswith("s'"):
                text = text[:-2]
            code = tables.by_word.get(text)
            if code is not None:
                return tables.countries[code]
    return None


def alias_in(words: Sequence[str], context: Context, lower: frozenset[str]) -> Known | None:
    """The named actor whose alias stands longest among the words; `lower`: those that are written without a capital."""
    best: tuple[int, Known] | None = None
    for i, word in enumerate(words):
        pieces = context.tables.firsts.get(re.split(r"\W", word, maxsplit=1)[0], 0)
        for size in range(min(pieces, len(words) - i), 0, -1):
            if best is not None and size <= best[0]:
                break
            text = " ".join(words[i : i + size])
            known = context.known(text) or context.known(text.removesuffix("'s"))
            named = text in context.tables.plain or not lower.issuperset(words[i : i + size])
            if known is not None and named and not (known.kind == "media" and len(text) <= 3):
                best = size, known
    return best[1] if best else None


# ------------------------------------------------------------------ the steps


def _by_alias(p: Phrase, context: Context) -> Coded | None:
    """ "Houthi gunners", "an RSF spokesman", "the Houthi movement": of the named actor; its civilians are not."""
    if p.alias is None or any(w.startswith((*word_list("loyal"), "anti-")) for w in p.raw):
        return None
    tables, alias = context.tables, p.alias
    if p.covers:
        return context.named(alias)
    if p.noun in ("envoy", "representative", "mediator") and alias.side == "un":
        own = context.country(context.own)
        return Coded(f"UN Special Envoy for {own.name}" if own else "UN Special Envoy", "igo", "un", None)
    if p.noun in tables.civilians and p.noun not in word_list("staff"):
        return Coded(tables.civilians[p.noun], "civilians", "civilians", alias.country or context.own)
    if alias.kind in _ORGANS and alias.side in (alias.country, f"{alias.country}:government"):
        if p.noun in ("government", "regime", "administration"):
            return context.government(context.country(alias.country))
        if alias.kind == "government" and is_force(p, context):
            return context.forces(context.country(alias.country))
    listed = any(
        p.noun in tables.classes[c] for c in ("forces", "units", "armed", "opposition", "government", "people")
    )
    if listed or p.noun in word_list("heads_of_named") or p.noun in word_list("staff") or p.noun in tables.armed_labels:
        return context.named(alias)
    return None


def _by_compound(p: Phrase, context: Context) -> Coded | None:
    head = p.words[len(p.raw)]
    for size in (2, 1):
        words = " ".join([*p.raw[-size:], head])
        name = context.tables.compounds.get(words) or context.tables.compounds.get(singular(words))
        if name == "forces":
            return _opposed(p, context) or _forces(p, context)
        if name in ("ngo", "monitor", "media"):
            return Coded(words, name, name, None)
    return None


def _by_label(p: Phrase, context: Context) -> Coded | None:
    tables = context.tables
    if p.noun in tables.hired_labels:
        return _hired(p, context)
    labels = [w for w in (singular(w.strip("\"“”‘'")) for w in p.raw) if w in tables.armed_labels]
    if p.noun in tables.armed_labels:
        return context.armed(p.words, opposition=_is_opposed(p, context), labelled=True)
    groups = (*tables.classes["armed"], *tables.classes["units"], *tables.classes["opposition"], "network", "leader")
    if labels and p.noun in groups and p.nation is None:
        return context.armed(p.words, opposition=_is_opposed(p, context), labelled=True)
    occupying = any(w in ("occupation", "occupying", "invading", "invader", "occupier") for w in p.raw)
    other = context.country(tables.occupiers.get(context.own or ""))
    if occupying and other is not None and p.nation is None and is_force(p, context):
        return context.forces(other)
    return None


def _hired(p: Phrase, context: Context) -> Coded:
    """ "The mercenaries of Aden", "Turkish mercenaries", "the occupiers": the forces of whom they are of."""
    of = p.words[p.words.index("of") + 1 :] if "of" in p.words else ()
    master = context.seat(" ".join(of)) if of else None
    if master is not None and master.kind == "government":
        return context.forces(context.country(master.country))
    if master is not None:
        return master
    nation = p.nation or nation_of(of, context)
    if nation is None and p.noun in ("occupier", "invader", "aggressor"):
        nation = context.country(context.tables.occupiers.get(context.own or ""))
    return context.forces(nation) if nation is not None else context.armed(p.words)


def _is_opposed(p: Phrase, context: Context) -> bool:
    opposition = context.tables.classes["opposition"]
    return any(singular(w.split("-")[0]) in opposition for w in p.before) or any(w.startswith("anti-") for w in p.raw)


def _opposed(p: Phrase, context: Context) -> Coded | None:
    return context.armed(p.words, opposition=True) if _is_opposed(p, context) else None


def is_force(p: Phrase, context: Context) -> bool:
    classes = context.tables.classes
    return p.noun in classes["units"] or p.noun in classes["armed"] or p.noun in classes["forces"]


def _by_force(p: Phrase, context: Context) -> Coded | None:
    if not is_force(p, context):
        return None
    if any(w.startswith(word_list("loyal")) for w in p.raw):
        side = f"{context.own}:government" if context.own else None
        return Coded("pro-government forces", "militia", side, context.own)
    opposed = _opposed(p, context)
    if opposed is not None:
        return opposed
    if p.noun in context.tables.classes["forces"]:
        return _forces(p, context)
    governmental = any(w.removesuffix("'s") in word_list("of_state") for w in p.before)
    if (p.nation is not None and p.noun in word_list("state_units")) or governmental:
        return _unit(p, context.forces(p.nation or context.country(context.own)), context)
    return None


def _unit(p: Phrase, coded: Coded, context: Context) -> Coded:
    """ "The government's Taiz command": a named part of the forces."""
    if p.noun != "command":
        return coded
    known = {
        *word_list("determiners"),
        *word_list("of_state"),
        "government's",
        "army's",
        "high",
        "general",
        "military",
        "joint",
    }
    names = [w for w in p.before if w not in known and w.removesuffix("'s") not in context.tables.by_word]
    place = " ".join(name.title() for name in names)
    return Coded(f"{coded.name}, {place} command", coded.kind, coded.side, coded.country) if place else coded


def _forces(p: Phrase, context: Context) -> Coded:
    own = any(w.removesuffix("'s") in word_list("of_state") for w in p.before)
    body = "police" if p.noun.startswith("polic") or "police" in p.raw else "forces"
    if p.nation is not None:
        return context.forces(p.nation, body)
    if any(w in word_list("foreign") for w in p.raw):
        return Coded("foreign forces" if "foreign" in p.raw else "forces", "state_forces", None, None)
    if p.noun in word_list("aircraft") and not own:
        return Coded("aircraft" if p.noun not in ("tank", "artillery") else p.noun, "unknown", None, None)
    if p.noun in word_list("ranks") and not own and body == "forces":
        return Coded(f"{p.noun}s", "state_forces", None, context.own)
    return context.forces(context.country(context.own), body)


def _by_opposition(p: Phrase, context: Context) -> Coded | None:
    classes = context.tables.classes
    if p.noun in classes["opposition"]:
        return context.armed(p.words, opposition=True)
    if p.noun in word_list("nobodys"):
        told = p.noun not in ("men", "man", "women") or any(w in ("armed", "masked", "uniformed") for w in p.raw)
        return context.armed(()) if told else None
    if p.noun in classes["armed"]:
        told = any(singular(w.split("-")[0]) in context.tables.armed_words for w in p.raw)
        if p.noun in word_list("plain_group") and not told:
            # "all groups in Aleppo renounced": in a war the groups are the armed ones
            all_of_them = (
                bool(set(p.raw) & {"all", "both", "warring", "some", "other"}) and p.words[len(p.raw)] != p.noun
            )
            return (
                context.armed(p.words, labelled=True)
                if all_of_them and p.noun in word_list("plain_group")[:2]
                else None
            )
        return context.armed(p.words, labelled=p.nation is None)
    if p.noun in ("sniper", "gunner", "combatant", "commander", "operative", "ally", "allies"):
        return context.armed(p.words, labelled=p.noun != "ally")
    if p.noun in ("force", "forces", "unit") and p.words[len(p.raw)] == "forces" and p.raw:
        return Coded("armed group", "unknown", None, context.own)
    return None


_MINISTRIES = {
    "defence": "Defence", "defense": "Defence", "foreign": "Foreign Affairs", "interior": "Interior",
    "health": "Health", "justice": "Justice", "information": "Information", "oil": "Oil", "finance": "Finance",
    "education": "Education", "energy": "Energy",
}  # fmt: skip


def _by_government(p: Phrase, context: Context) -> Coded | None:
    own = context.country(context.own)
    if any(w.startswith(("pro-government", "pro-regime")) for w in p.raw) and p.noun in word_list("tellers") and own:
        return Coded(_plain_name(p), "unknown", f"{own.code}:government", own.code)
    if p.noun not in context.tables.classes["government"]:
        return None
    if any(w in ("un", "u.n.", "united") for w in p.words):
        return Coded(f"UN {p.noun}", "igo", "un", None)
    if _is_opposed(p, context):
        return (
            _opposed(p, context) if context.conflict(p.words) else Coded(_plain_name(p), "unknown", None, context.own)
        )
    if any(w in ("army", "military", "police", "security") for w in p.before) and p.noun not in ("council", "court"):
        return context.forces(p.nation or own, "police" if "police" in p.before else "forces")
    nation = p.nation or (own if p.noun not in context.tables.bare or "government" in p.raw else None)
    if p.noun in ("ministry", "minister") and p.noun == "ministry":
        return _ministry(p, nation, context)
    if p.noun in ("official", "spokesman", "spokeswoman", "spokesperson") and not _of_government(p):
        kind = "government" if p.noun == "official" else "unknown"
        return Coded("officials" if p.noun == "official" else "spokesperson", kind, None, context.own)
    return context.government(nation) or (
        None if p.noun in context.tables.bare else Coded("government", "government", None, None)
    )


def _of_government(p: Phrase) -> bool:
    return p.nation is not None or any(
        w.removesuffix("'s") in (*word_list("of_state"), "ministry", "presidency") for w in p.raw
    )


def _ministry(p: Phrase, nation: Country | None, context: Context) -> Coded:
    titles = [title for word in (*p.raw, *p.words[len(p.raw) :]) if (title := _MINISTRIES.get(word))]
    government = context.government(nation) or Coded("government", "government", None, None)
    if not titles:
        return government
    name = f"{nation.demonyms[0]} Ministry of {titles[0]}" if nation else f"Ministry of {titles[0]}"
    return Coded(name, "government", government.side, government.country)


def _by_people(p: Phrase, context: Context) -> Coded | None:
    tables = context.tables
    country = p.nation.code if p.nation else context.own
    name = tables.civilians.get(p.noun)
    if name is not None:
        return Coded(name, "civilians", "civilians", country)
    if p.noun in word_list("tellers") or p.noun in tables.classes["convoys"]:
        return Coded(_plain_name(p), "unknown", None, country)
    for kind in ("ngo", "monitor", "media"):
        if p.noun in tables.classes[kind]:
            return Coded(_plain_name(p), kind, kind, None)
    if p.noun == "peacekeeper":
        return context.forces(p.nation) if p.nation else Coded("peacekeepers", "igo", None, None)
    if p.noun in tables.classes["people"] and p.noun not in ("others", "dead", "body", "leader", "member", "delegate"):
        return Coded("people", "unknown", None, country)
    last = p.words[len(p.raw)].removesuffix("'s")
    demonym = last.endswith("s") and tables.by_word.get(last[:-1])
    if demonym and last[:-1] not in tables.country_names:
        return Coded("people", "unknown", None, demonym)
    return None


_STEPS: tuple[Callable[[Phrase, Context], Coded | None], ...] = (
    _by_alias, _by_compound, _by_label, _by_force, _by_opposition, _by_government, _by_people,
)  # fmt: skip


def _plain_name(p: Phrase) -> str:
    """The words of a phrase without determiners and loaded words."""
    loaded = load_tables().loaded
    kept = [w for w in p.words[: len(p.raw) + 1] if w not in word_list("determiners") and not loaded.search(w)]
    return " ".join(kept) or p.noun
