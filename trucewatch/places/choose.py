"""Which place a name stands for here: told parents, the countries of the report, people, and what lies near.

A name is resolved only where the evidence is clear; else what it might be is named in `why`, and nothing is chosen.

Layer: places. Imports only this folder.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from trucewatch.places.gazetteer import Entry, Gazetteer, kilometres
from trucewatch.places.names import key
from trucewatch.places.shape import Phrase

_PARENT_GAP = re.compile(r"^(?:,\s+|,?\s+in\s+(?:the\s+)?|\s+\(|\s+of\s+(?:the\s+)?|,?\s+inside\s+)$")
_POSSESSIVE = re.compile(r"^(?:[’']s|s)\s+(?:\w+ern\s+)?$")
_ADMIN = ("adm1", "adm2", "region", "country")
_MARGIN = 0.6  # by how much the best must be better than the next place


@dataclass(frozen=True, slots=True)
class Choice:
    """What a phrase's name resolves to, or why it does not."""

    entry: Entry | None
    parent: Entry | None = None  # the parent that the words tell
    why: str | None = None


@dataclass(slots=True)
class Context:
    """What the report as a whole tells: shares of countries, and its main settlement."""

    gazetteer: Gazetteer
    votes: Mapping[str, float]  # country -> share of all votes
    anchor: Entry | None = None
    focused: bool = False  # all its settlements lie near the anchor
    home: str | None = None  # the country of most of its resolved places
    names: dict[int, str] = field(default_factory=dict)  # entry -> how the report first writes its name

    @property
    def country(self) -> str | None:
        """The country with the most votes, if it has a third of them."""
        best = max(sorted(self.votes.items()), key=lambda kv: kv[1], default=None)
        return best[0] if best and best[1] >= 0.34 else None


def candidates(phrase: Phrase, gazetteer: Gazetteer, shouted: bool = False) -> list[Entry]:
    """Give the entries that a phrase's name may stand for, by its own noun and the writing of short names."""
    if phrase.core is None:
        return []
    name = phrase.core.text.replace(".", "") if "." in phrase.core.text else phrase.core.text
    found = gazetteer.find(name)
    if len(name) <= 3 and (not name.isupper() or shouted):
        found = [e for e in found if not (e.level == "country" and e.alternate)]
    elif len(name) <= 4 and name.isupper() and any(e.level == "country" for e in found):
        found = [e for e in found if e.level == "country"]
    if phrase.hint in ("site", "line"):
        return [e for e in gazetteer.find(phrase.name or name) if e.level in ("site", "region", "line")]
    if phrase.led and phrase.hint in ("adm2", "neighbourhood") and phrase.core.large:
        cities = [e for e in found if e.level == "settlement" and e.population >= 100_000]
        if cities:
            return cities  # "a suburb of Aleppo" is a part of Aleppo
    if phrase.hint == "adm2":
        return [e for e in found if e.level in ("adm2", "neighbourhood")] or [e for e in found if e.level in _ADMIN]
    if phrase.hint == "adm1":
        return [e for e in found if e.level in _ADMIN]
    if phrase.hint == "neighbourhood":
        return [e for e in found if e.level in ("neighbourhood", "adm2")]
    if phrase.hint == "settlement":
        return [e for e in found if e.level in ("settlement", "neighbourhood")]
    if phrase.hint == "region":
        return [e for e in found if e.level == "region"] or [
            e for e in gazetteer.find(phrase.name or name) if e.level in ("region", "adm1")
        ]
    if phrase.modifier and " " not in phrase.modifier:
        part = [
            e for e in gazetteer.find(f"{phrase.modifier} {name}") if e.level in ("region", "adm1") and not e.variant
        ]
        if part and not any(e.level in ("settlement", "country") for e in found):
            return part
    return [e for e in found if e.level != "site"]


def parent_of(phrases: Sequence[Phrase], i: int, text: str) -> int | None:
    """Give the index of the phrase that the words name as holding phrase i ("Salah, in Taiz"; "Aleppo, Syria")."""
    if i > 0 and phrases[i - 1].core is not None and _POSSESSIVE.match(text[phrases[i - 1].end : phrases[i].start]):
        return i - 1
    for j in range(i + 1, min(i + 3, len(phrases))):
        if phrases[j].sentence != phrases[i].sentence or phrases[j].core is None:
            return None
        if phrases[j].start >= phrases[i].end and _PARENT_GAP.match(text[phrases[i].end : phrases[j].start]):
            return j
    return None


def holds(parent: Entry, entry: Entry) -> bool:
    """Whether a place lies in another: in the country, in the admin unit, or by the settlement."""
    if parent.id == entry.id:
        return False
    if parent.level == "country":
        return entry.country == parent.country and entry.level != "country"
    if parent.level in ("adm1", "adm2") and parent.id in (entry.admin1, entry.within):
        return True
    if parent.country and entry.country != parent.country:
        return False
    apart = kilometres(parent, entry)
    reach = {"settlement": 40.0, "adm2": 60.0, "adm1": 150.0, "region": 400.0}.get(parent.level, 10.0)
    return apart is not None and apart <= reach and entry.level in ("settlement", "neighbourhood", "site", "adm2")


def votes(
    phrases: Sequence[Phrase], demonyms: Sequence[str], gazetteer: Gazetteer, weights: Sequence[float]
) -> dict[str, float]:
    """Give the share of each country in what a report names; `demonyms` are the countries of words like "Syrian"."""
    count: defaultdict[str, float] = defaultdict(float)
    for code in demonyms:
        count[code] += 1.0
    for phrase, weight in zip(phrases, weights, strict=True):
        found = candidates(phrase, gazetteer)
        if not found:
            continue
        best = found[0]
        if best.level in ("settlement", "neighbourhood", "site") and best.population < 15_000:
            continue
        if best.alternate or best.variant:
            continue
        country = next((e for e in found if e.level == "country"), None)
        if country is not None and not country.alternate:
            count[country.country] += 2.0 * weight
            continue
        rival = max((e.population for e in found if e.country != best.country), default=0)
        if best.country and (best.population >= max(8 * rival, 100_000) or rival == 0):
            clear = min(1.0, 0.25 + math.log10(best.population + 1) / 6)
            count[best.country] += (0.5 if best.rank == 4 else 1.5) * clear * weight
    total = sum(count.values())
    return {code: n / total for code, n in sorted(count.items())} if total else {}


def score(entry: Entry, phrase: Phrase, context: Context, parents: Sequence[Entry]) -> float:
    """How well an entry fits: the larger the better."""
    value = math.log10(entry.population + 10)
    value += {
        "country": 6.0,
        "settlement": 1.0,
        "adm1": -0.3,
        "region": 1.5,
        "adm2": -2.0,
        "neighbourhood": 0.0,
    }.get(entry.level, 0.0)
    if phrase.hint in ("adm1", "adm2"):
        value += {"adm1": 3.0, "adm2": 2.0, "region": 2.0}.get(entry.level, 0.0)
    value += 1.0 if entry.rank >= 3 else 0.0
    value -= 1.0 if entry.alternate else 0.0
    value -= 1.0 if entry.variant else 0.0
    share = context.votes.get(entry.country, 0.0)
    if not share and entry.country:
        around = (context.votes.get(n, 0.0) for n in sorted(context.gazetteer.neighbours(entry.country)))
        share = 0.3 * max(around, default=0.0)
    value += 5.0 * share
    if any(holds(p, entry) for p in parents):
        value += 8.0
    apart = kilometres(context.anchor, entry) if context.anchor else None
    if apart is not None:
        value += 2.5 * math.exp(-apart / 120.0)
    return value


def choose(phrase: Phrase, context: Context, parents: Sequence[Entry], shouted: bool = False) -> Choice:
    """Give what a phrase stands for in its context. `parents` are the readings of the parent that the words tell."""
    gazetteer = context.gazetteer
    found = candidates(phrase, gazetteer, shouted)
    inside = [e for e in found if any(holds(p, e) for p in parents)]
    parent = next((p for p in parents if any(holds(p, e) for e in inside)), None)
    if not inside and parents and not found:
        parent = _best_parent(parents, phrase, context)
    countries = [parent.country] if parent else [context.country] if context.country else []
    if not found and phrase.core is not None and phrase.hint not in ("site", "line", "region"):
        found = [e for code in countries for e in gazetteer.like(phrase.core.text, code) if _fits(e, phrase)][:3]
    if not found:
        if parent is None and phrase.hint in ("site", "line") and phrase.core is not None:
            at = choose(replace(phrase, hint=None, noun=None), context, [], shouted).entry
            parent = at if at is not None and (phrase.hint == "site" or phrase.noun == "border") else None
        return Choice(None, parent)
    mains = {e.country for e in found if not e.alternate}
    fits = ((score(e, phrase, context, parents) - 2.0 * (e.alternate and e.country in mains), e.id) for e in found)
    scored = sorted((-fit, id_) for fit, id_ in fits)
    by_id = {e.id: e for e in found}
    best = by_id[scored[0][1]]
    doubts = {i: _doubt(by_id[i], phrase, context, by_id[i] in inside) for _, i in scored}
    if all(doubts.values()):
        return Choice(None, parent, None if best.variant else doubts[best.id])
    scored = [(s, i) for s, i in scored if not doubts[i]]
    best = by_id[scored[0][1]]
    rivals = [by_id[i] for s, i in scored[1:] if s - scored[0][0] < _MARGIN and not _same_spot(best, by_id[i])]
    if rivals:
        names = "; ".join(_described(e, gazetteer) for e in [best, *rivals[:3]])
        return Choice(None, parent, f"several places are so called, and the words do not tell which: {names}")
    return Choice(best, parent)


def _fits(entry: Entry, phrase: Phrase) -> bool:
    if phrase.hint in ("adm1", "adm2"):
        return entry.level in _ADMIN
    return entry.level in ("settlement", "neighbourhood", "region") or phrase.hint is None


def _best_parent(parents: Sequence[Entry], phrase: Phrase, context: Context) -> Entry | None:
    """The reading of a parent that fits best: of the report's countries, a town for a part of one, of most people."""
    part = phrase.hint in ("adm2", "neighbourhood", "site")

    def fitness(e: Entry) -> tuple[float, bool, int, int]:
        return context.votes.get(e.country, 0.0), part and e.level == "settlement", e.population, -e.id

    return max(parents, key=fitness, default=None)


def _doubt(entry: Entry, phrase: Phrase, context: Context, told: bool) -> str | None:
    """Why the only fitting entry is not taken: it lies far from all that the report tells of."""
    large = entry.population >= 300_000 and phrase.hint not in ("adm1", "adm2")
    if told or entry.level == "country" or (large and not (entry.alternate or entry.variant)):
        return None
    known = context.votes.get(entry.country, 0.0)
    near = any(context.votes.get(n, 0.0) >= 0.2 for n in sorted(context.gazetteer.neighbours(entry.country)))
    described = _described(entry, context.gazetteer)
    if entry.variant and entry.population < 20_000 and not _close(entry, context, 80):
        return f"only {described} is written in a like way, and it lies far from what the report tells of"
    rare = max(0.05, 0.2 * max(context.votes.values(), default=0.0))
    if (
        context.votes
        and entry.country
        and known < rare
        and not (near and entry.population >= 20_000 and not entry.alternate)
    ):
        return f"the only place of that name at hand lies in a country that the report does not tell of: {described}"
    apart = kilometres(context.anchor, entry) if context.anchor else None
    small = entry.population < 5000 and entry.level in ("settlement", "neighbourhood")
    if context.focused and small and apart is not None and apart > 60 and phrase.hint != "settlement":
        return f"the only place of that name at hand lies {round(apart)} km from what the report tells of: {described}"
    return None


def _close(entry: Entry, context: Context, reach: float) -> bool:
    apart = kilometres(context.anchor, entry) if context.anchor else None
    return apart is not None and apart <= reach


def _same_spot(a: Entry, b: Entry) -> bool:
    """Whether two entries are one place under two levels: a town and its district, a city and its province."""
    if a.country != b.country:
        return False
    if b.id in (a.admin1, a.within) or a.id in (b.admin1, b.within):
        return True
    apart = kilometres(a, b)
    return apart is not None and apart < 25


def _described(entry: Entry, gazetteer: Gazetteer) -> str:
    return ", ".join([entry.name, *(w.name for w in gazetteer.parents(entry))])


def same_name(a: str, b: str) -> bool:
    """Whether two wordings are one name."""
    return key(a) == key(b)
