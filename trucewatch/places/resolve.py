"""Place mentions of a document: found, resolved in context, or left open with the reason.

Layer: places. Imports only model and this folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from trucewatch.model import Document, PlaceMention, Sentence
from trucewatch.places.attach import armed_there, head_token
from trucewatch.places.build import Resolved, built, shown
from trucewatch.places.choose import Choice, Context, candidates, choose, parent_of, votes
from trucewatch.places.gazetteer import Entry, Gazetteer, kilometres
from trucewatch.places.names import key
from trucewatch.places.refer import refer
from trucewatch.places.seats import stands_for_government
from trucewatch.places.shape import Phrase, shape, shared
from trucewatch.places.spot import Scene, spot
from trucewatch.places.units import units_of

SideOf = Callable[[str, str | None], str | None]


def find_places(doc: Document, gazetteer: Gazetteer, side_of: SideOf | None = None) -> list[PlaceMention]:
    """Give all place mentions of a document, in text order, with ids p1, p2, ...

    `side_of` tells the side of an actor's words in a country; without it the side of a control stays null.
    """
    scenes = [_scene(s, doc.text) for s in doc.sentences]
    phrases: list[Phrase] = []
    for n, scene in enumerate(scenes):
        phrases.extend(_phrases(scene, doc.text, n, gazetteer))
    context, choices, governments = _resolve(doc, scenes, phrases, gazetteer)
    for phrase, choice in zip(phrases, choices, strict=True):
        if choice.entry is not None and phrase.core is not None and phrase.hint not in ("site", "line"):
            name = shown(phrase, choice.entry)
            if name is not None:
                context.names.setdefault(choice.entry.id, name)
    resolved = _linked(doc, phrases, choices, governments, context)
    mentions = [built(doc.text, r, context, side_of) for r in resolved]
    kept = [m for m in mentions if m is not None]
    kept.sort(key=lambda m: (m.span or (0, 0), m.name or ""))
    return [_numbered(m, i) for i, m in enumerate(kept, 1)]


def _numbered(mention: PlaceMention, i: int) -> PlaceMention:
    return msgspec.structs.replace(mention, id=f"p{i}")


def _scene(s: Sentence, text: str) -> Scene:
    letters = [c for c in text[s.start : s.end] if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    units = units_of(s, text)
    words = [u for u in units if u.text[0].isalpha()]
    titled = len(words) > 3 and sum(u.capital for u in words) >= 0.65 * len(words)
    return Scene(s, units, len(letters) > 12 and upper > 0.8 * len(letters), titled)


def _phrases(scene: Scene, text: str, n: int, gazetteer: Gazetteer) -> list[Phrase]:
    found: list[Phrase] = []
    for core in spot(scene, text, gazetteer):
        if any(p.first <= core.first <= p.last for p in found):
            continue
        floor = max((p.last for p in found if p.last < core.first), default=-1)
        found.extend(shape(scene, core, text, n, floor))
    found.extend(refer(scene, text, n, found))
    return shared(sorted(found, key=lambda p: (p.start, -p.end)), text)


# ------------------------------------------------------------------ resolution of the whole report


def _resolve(
    doc: Document, scenes: Sequence[Scene], phrases: Sequence[Phrase], gazetteer: Gazetteer
) -> tuple[Context, list[Choice], list[bool]]:
    weights = [_weight(doc, p) for p in phrases]
    demonyms = [c for scene in scenes for u in scene.units if u.capital and (c := gazetteer.demonym(u.text))]
    context = Context(gazetteer, votes(phrases, demonyms, gazetteer, weights))
    choices, governments = [Choice(None)] * len(phrases), [False] * len(phrases)
    for _ in range(2):  # what is clear at first tells where the report plays, and that makes more of it clear
        choices = _choices(doc, scenes, phrases, context)
        governments = [
            c.entry is not None
            and stands_for_government(scenes[p.sentence], p, c.entry, c.entry.country != context.country)
            for p, c in zip(phrases, choices, strict=True)
        ]
        told = zip(phrases, choices, weights, governments, strict=True)
        sure = [(p, c.entry, w) for p, c, w, g in told if c.entry and not g]
        context.anchor, context.focused = _anchor(sure, context)
        context.home = _home(sure)
    return context, choices, governments


def _weight(doc: Document, phrase: Phrase) -> float:
    return {"dateline": 3.0, "title": 2.0, "summary": 2.0}.get(
        doc.part_at(phrase.start), 2.0 if phrase.sentence < 2 else 1.0
    )


def _choices(doc: Document, scenes: Sequence[Scene], phrases: Sequence[Phrase], context: Context) -> list[Choice]:
    """What each phrase's name stands for; the same name without told parents stands for the same."""
    known: dict[tuple[str, str | None], Choice] = {}
    told: dict[str, Choice] = {}
    found: list[Choice] = []
    for i, phrase in enumerate(phrases):
        if phrase.core is None:
            found.append(Choice(None))
            continue
        j = parent_of(phrases, i, doc.text)
        parents = candidates(phrases[j], context.gazetteer) if j is not None else []
        name = key(phrase.core.text)
        shouted = scenes[phrase.sentence].shouted
        if parents:
            choice = choose(phrase, context, parents, shouted)
            if choice.parent is not None or phrase.hint in ("neighbourhood", "adm2"):
                told.setdefault(name, choice)
        elif name in told and phrase.hint in (None, "settlement", "neighbourhood"):
            choice = told[name]
        else:
            choice = known.get((name, phrase.hint)) or choose(phrase, context, [], shouted)
            known[name, phrase.hint] = choice
            if phrase.hint == "neighbourhood":
                told.setdefault(name, choice)
        found.append(choice)
    return [
        told[key(p.core.text)]
        if p.core and c.entry is None and key(p.core.text) in told and p.hint in (None, "settlement")
        else c
        for p, c in zip(phrases, found, strict=True)
    ]


def _home(found: Sequence[tuple[Phrase, Entry, float]]) -> str | None:
    """The country of more than half of the resolved places, or None."""
    count: dict[str, float] = {}
    for _, entry, weight in found:
        count[entry.country] = count.get(entry.country, 0.0) + weight
    best = max(sorted(count.items()), key=lambda kv: kv[1], default=("", 0.0))
    return best[0] or None if best[1] > 0.5 * sum(count.values()) else None


def _anchor(found: Sequence[tuple[Phrase, Entry, float]], context: Context) -> tuple[Entry | None, bool]:
    """The settlement that the report tells of most, and whether all others lie near it."""
    count: Counter[int] = Counter()
    entries: dict[int, Entry] = {}
    for _, entry, weight in found:
        if entry.level == "settlement" and context.votes.get(entry.country, 0.0) >= 0.2:
            count[entry.id] += weight  # type: ignore[assignment]
            entries[entry.id] = entry
    if not count:
        return None, False
    ranked = sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))
    anchor = entries[ranked[0][0]]
    far = [n for i, n in ranked[1:] if (kilometres(anchor, entries[i]) or 0.0) > 60]
    total = sum(count.values())
    clear = ranked[0][1] >= 2 and ranked[0][1] >= 0.4 * total
    return (anchor, sum(far) <= 0.25 * total) if clear else (None, False)


# ------------------------------------------------------------------ references and parents


def _linked(
    doc: Document,
    phrases: Sequence[Phrase],
    choices: Sequence[Choice],
    governments: Sequence[bool],
    context: Context,
) -> list[Resolved]:
    """Each phrase with its entry or the earlier phrase that it goes back to."""
    done: list[Resolved] = []
    for phrase, choice, government in zip(phrases, choices, governments, strict=True):
        parent = context.anchor if phrase.parent == "city" and choice.parent is None else choice.parent
        outside = phrase.core is not None and _outside(doc, phrase)
        if choice.entry is None and parent is None and phrase.hint in ("site", "neighbourhood", "adm2") and not outside:
            parent = _running(phrase, done, context)
        r = Resolved(phrase, choice.entry, parent, choice.why, government, outside=outside)
        if phrase.core is None:
            back = None if phrase.nameless else _antecedent(phrase, done, context)
            if back is None and phrase.reference == "country" and context.home:
                r = replace(r, entry=context.gazetteer.country(context.home))
            elif back is None and not phrase.nameless:
                if phrase.reference in ("city", "capital") and context.anchor is not None:
                    r = replace(r, entry=context.anchor)
                elif phrase.hint not in ("site", "line") or not phrase.modifier:
                    continue
            else:
                r = replace(r, back=back)
        done.append(r)
    return done


def _running(phrase: Phrase, done: Sequence[Resolved], context: Context) -> Entry | None:
    """The settlement that is being told of: the report's main one, if it was the last one named, shortly before."""
    for r in reversed(done):
        entry = (r.back or r).entry
        if phrase.sentence - r.phrase.sentence > 2:
            return None
        if entry is not None and entry.level == "settlement" and not r.government and not r.phrase.near:
            return entry if context.anchor is not None and entry.id == context.anchor.id else None
    return None


def _outside(doc: Document, phrase: Phrase) -> bool:
    """Whether a phrase tells where somebody under arms is ("gunners in X")."""
    s = doc.sentences[phrase.sentence]
    mention = PlaceMention(span=(phrase.start, phrase.end))
    head = head_token(s, mention)
    return head >= 0 and armed_there(s, head, mention)


def _antecedent(phrase: Phrase, done: Sequence[Resolved], context: Context) -> Resolved | None:
    """The last place of the kind that a reference names; for "its" the last place of all."""
    for r in reversed(done):
        if r.government or r.phrase.nameless:
            continue
        root = r.back or r
        if phrase.reference == "its":
            return root if phrase.sentence - r.phrase.sentence <= 2 else None
        if root.phrase.noun == phrase.reference and root.phrase.core is not None:
            return root
        if r.phrase.near or (root.phrase.near and root is r):
            continue
        level = root.entry.level if root.entry else root.phrase.hint
        if phrase.reference in ("city", "capital", "town", "village") and level == "settlement":
            if (
                phrase.reference == "city"
                and root.entry is not None
                and root.entry.population < 20_000
                and context.anchor
            ):
                continue
            large = root.entry is not None and root.entry.rank >= 3 and root.entry.population > 100_000
            if phrase.reference in ("town", "village") and large:
                continue
            return root
        if phrase.reference in ("province", "governorate", "oblast") and level in (
            "adm1",
            "region",
        ):
            return root
        if phrase.reference in ("neighbourhood", "neighborhood", "quarter", "district") and level in (
            "neighbourhood",
            "adm2",
        ):
            return root
    return None


# ------------------------------------------------------------------ the report as a whole


def country_of(doc: Document, places: Sequence[PlaceMention]) -> str | None:
    """Give the ISO alpha-2 country where the report plays: that of most of its places, or None."""
    gazetteer = Gazetteer.load()
    count: Counter[str] = Counter()
    for p in places:
        code = _country_code(p, gazetteer)
        if code and p.kind == "place":
            weight = {"dateline": 3, "title": 2, "summary": 2}.get(doc.part_at((p.span or (0, 0))[0]), 1)
            count[code] += weight
    if not count:
        return None
    (best, n), *rest = sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))
    return best if n >= 0.5 * sum(count.values()) and (not rest or n > rest[0][1]) else None


def _country_code(place: PlaceMention, gazetteer: Gazetteer) -> str | None:
    for id_ in [place.geonameid, *(w.geonameid for w in reversed(place.within))]:
        entry = gazetteer.entry(id_) if id_ is not None else None
        if entry is not None and entry.country:
            return entry.country
    return None


def zone_of(doc: Document, places: Sequence[PlaceMention], gazetteer: Gazetteer) -> str | None:
    """Give the IANA zone where the report plays: that of its country, or of all its places there, or None."""
    country = country_of(doc, places)
    if country is None:
        return None
    single = gazetteer.zone(country)
    if single is not None:
        return single
    zones: Counter[str] = Counter()
    for p in places:
        entry = gazetteer.entry(p.geonameid) if p.geonameid is not None else None
        if entry is not None and entry.country == country and entry.timezone:
            zones[entry.timezone] += 1
    return next(iter(zones)) if len(zones) == 1 else None
