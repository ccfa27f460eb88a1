"""The phrase around a place name or a reference: kind of place, modifier, who holds it.

"the eastern, Houthi-held side of the al-Qasr crossing" is one phrase over the name `al-Qasr crossing` with
the modifier "eastern side of" and a control; what it is one side of is a phrase of its own within it.

Layer: places. Imports only this folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trucewatch.places.spot import Core, Scene
from trucewatch.places.tables import Tables, load_tables
from trucewatch.places.units import Unit

_DETERMINERS = frozenset(["the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those"])
_JOINTS = frozenset(["of", "at", "to", "in", "from", "on"])
_MEASURE = re.compile(r"^(?:km|kms|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|feet|yards)$")


@dataclass(frozen=True, slots=True)
class Held:
    """Words that tell who holds a place: the whole wording, and the actor's own words."""

    start: int
    end: int
    who: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase, not yet resolved. Offsets are absolute; `first` and `last` are units, inclusive."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    core: Core | None  # None for a reference or a place without a name
    name: str | None  # the name as the words give it, with the noun of a site
    hint: str | None  # level that its noun tells
    noun: str | None  # that noun
    reference: str | None = None  # "the crossing": the noun that is gone back to; "its": the last place
    modifier: str | None = None
    near: bool = False  # the spot is by the place, not in it
    held: Held | None = None
    parent: str | None = None  # "city" for "the city's Salah district"
    nameless: bool = False
    definite: bool = False  # "the" stands before a bare name, as before rivers and seas
    led: bool = False  # its noun stands before it: "the district of X"


def shape(scene: Scene, core: Core, text: str, sentence: int, floor: int = -1) -> list[Phrase]:
    """Give the phrases around a name: the widest first, then what it is a side of, if it is one.

    No phrase reaches back to unit `floor`, where the phrase before it ends.
    """
    units, tables = scene.units, load_tables()
    the = core.first > 0 and units[core.first - 1].low == "the"
    phrase = Phrase(sentence, core.first, core.last, core.start, core.end, core, core.text, None, None, definite=the)
    phrase = _own_noun(units, phrase, tables, text)
    phrase = _noun_after(units, phrase, tables, text)
    before = _noun_before(units, phrase, tables, text)
    phrase = before if before.first > floor else phrase
    wide = widen(scene, phrase, text)
    return wide if all(p.first > floor for p in wide) else [phrase]


def widen(scene: Scene, phrase: Phrase, text: str) -> list[Phrase]:
    """Give a phrase with what modifies it on its left and who holds it, and the inner one of a "side of"."""
    units, tables = scene.units, load_tables()
    if _owning(units, phrase):
        return [_adjectives(units, phrase, tables, text)]
    inner = _determined(units, phrase, text) if phrase.noun or phrase.reference else phrase
    outer = _part_of(units, inner, tables, text)
    split = (
        outer is not inner
        and bool(outer.modifier and re.search(r"\bsides?\b", outer.modifier))
        and inner.hint == "site"
    )
    if outer is inner:
        outer = _adjectives(units, phrase, tables, text)
        outer = inner if outer is phrase else outer
        outer = _beside(units, outer, tables, text)
    outer = _held_after(units, outer, tables, text)
    several = _compass_of(units, outer, tables, text)
    if several:
        return several
    return [outer, inner] if split else [outer]


def _owning(units: Sequence[Unit], p: Phrase) -> bool:
    """Whether a name owns what follows ("Syria's border"): what stands before it then belongs to that."""
    lost = p.core is not None and p.core.last == p.last and p.core.end < units[p.last].end
    return lost or (p.last + 1 < len(units) and units[p.last + 1].low in ("’s", "'s", "’", "'"))


# ------------------------------------------------------------------ nouns


def _own_noun(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> Phrase:
    """A name whose last word is a noun for a kind of place ("Castello Road")."""
    low = units[p.last].low
    if p.last > p.first and low in tables.kinds:
        return replace(p, hint=tables.kinds[low], noun=low)
    return p


def _noun_after(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> Phrase:
    """ "X crossing", "X refugee camp", "X city centre", "X countryside"."""
    at = p.last + 1
    if p.noun or at >= len(units) or units[at].start - units[p.last].end != 1:
        return p
    for end in range(min(at + 2, len(units) - 1), at - 1, -1):
        words = units[at : end + 1]
        last = words[-1].low
        if any(not u.text.isalpha() for u in words) or any(
            u.upos not in ("NOUN", "ADJ", "PROPN") and u.low != "crossing" for u in words
        ):
            continue
        if len(words) > 1 and (words[0].capital != words[-1].capital):
            continue
        two = f"{units[end - 1].low} {last}" if end > at else last
        if last in tables.parts and tables.kinds.get(_singular(last), "region") == "region" and _partial(words):
            lead = "" if len(words) == 1 or words[0].low in ("city", "town") else words[0].low + " "
            return _moved(p, units, text, last=end, modifier=f"{lead}{last} of", hint=p.hint)
        level = tables.kinds.get(two) or tables.kinds.get(last) or tables.kinds.get(_singular(last))
        if end + 2 < len(units) and units[end + 1].low == "of" and units[end + 2].capital and p.core and p.core.large:
            continue  # "the Damascus suburb of X": the noun is X's
        if words[-1].capital and last in tables.organisations:
            continue  # "the Nusra Front"
        if level and (len(words) == 1 or level in ("site", "line")):
            return _with_noun(p, units, text, end, level, last)
    return p


def _singular(word: str) -> str:
    """A plural noun in the singular: districts, cities."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def shared(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """Give phrases where a plural noun tells the kind of all names before it: "Mawza, Dhubab and Zheray districts"."""
    found = list(phrases)
    for i in range(len(found) - 1, 0, -1):
        here, before = found[i], found[i - 1]
        plural = here.noun is not None and _singular(here.noun) != here.noun
        joined = before.sentence == here.sentence and re.match(
            r"^(?:,\s*|,?\s+(?:and|or)\s+)$", text[before.end : here.start]
        )
        if plural and joined and before.core is not None and before.noun is None and before.modifier is None:
            found[i - 1] = replace(before, hint=here.hint, noun=here.noun)
    return found


def _partial(words: Sequence[Unit]) -> bool:
    """Whether words after a name tell a part of it: "countryside", "city centre", "eastern suburbs"."""
    leads = ("city", "town", "western", "eastern", "northern", "southern")
    return len(words) == 1 or (len(words) == 2 and words[0].low in leads)


def _with_noun(p: Phrase, units: Sequence[Unit], text: str, end: int, level: str, noun: str) -> Phrase:
    named = level in ("site", "line", "region")
    name = text[p.start : units[end].end] if named else p.name
    return _moved(p, units, text, last=end, name=name, hint=level, noun=noun, definite=False)


def _noun_before(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> Phrase:
    """ "the town of X", "the northern, rebel-held province of X", "the port of X"."""
    i = p.first
    if p.noun or i < 2 or units[i - 1].low != "of" or units[i - 2].low not in tables.kinds:
        return p
    noun = units[i - 2].low
    if noun == "capital":
        return p  # the capital of a province is a place of its own, and not told by name
    if noun in tables.parts and noun not in ("city", "town", "village"):
        return p
    level = tables.kinds[noun]
    name = text[units[i - 2].start : p.end] if level in ("site", "line") else p.name
    left = i - 2
    held = None
    while left > 0 and (
        units[left - 1].low in tables.compass or units[left - 1].low == "," or _holding(units[left - 1], tables)
    ):
        if _holding(units[left - 1], tables):
            held = _held_word(units[left - 1])
        left -= 1
    if left > 0 and units[left - 1].low in _DETERMINERS:
        left -= 1
    while units[left].low == ",":
        left += 1
    points = [u.low for u in units[left : i - 2] if u.low in tables.compass]
    if level in ("adm2", "neighbourhood") and (points or units[left].low in ("a", "an", "one")):
        modifier = " ".join([*points, noun, "of"])  # "a northern district of X": a part of X, not the district X
        return _moved(p, units, text, first=left, modifier=modifier, held=held)
    return _moved(p, units, text, first=left, hint=level, noun=noun, name=name, held=held, led=True)


# ------------------------------------------------------------------ left of it


def _determined(units: Sequence[Unit], p: Phrase, text: str) -> Phrase:
    """The article of "the al-Qasr crossing"; the owner of "the city's Salah district"."""
    i = p.first
    if i >= 1 and units[i - 1].low in ("the", "a", "an") and p.core is not None:
        return _moved(p, units, text, first=i - 1)
    if (
        i >= 3
        and units[i - 1].low in ("’s", "'s")
        and units[i - 2].low in ("city", "town", "capital")
        and units[i - 3].low == "the"
    ):
        return _moved(p, units, text, first=i - 3, parent="city")
    return p


def _part_of(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> Phrase:
    """ "the western entrance at X", "the outskirts of X", "the eastern, Houthi-held side of X"."""
    i = p.first - 1
    with_border = i >= 1 and units[i].low == "with" and units[i - 1].low == "border"
    if i < 1 or units[i].low not in _JOINTS | {"with"} or units[i - 1].low not in tables.parts:
        return p
    if units[i].low == "with" and not with_border:
        return p
    if units[i].low in ("in", "on", "from") and units[i - 1].low not in ("part", "parts", "entrance"):
        return p
    words, held, left = [units[i - 1].low, units[i].low], None, i - 1
    while left > 0:
        u = units[left - 1]
        if u.low in tables.compass or u.low in ("city", "immediate", "far", "very", "entire"):
            words.insert(0, u.low)
        elif _holding(u, tables):
            held = _held_word(u)
        elif u.low not in (",", "and"):
            break
        left -= 1
    while units[left].low in (",", "and"):
        left += 1
    if left > 0 and units[left - 1].low in _DETERMINERS:
        left -= 1
    if with_border:
        name = text[units[i - 1].start : p.end]
        return _moved(p, units, text, first=left, name=name, hint="line", noun="border", held=held or p.held)
    return _moved(p, units, text, first=left, modifier=" ".join(words), held=held or p.held)


def _adjectives(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> Phrase:
    """ "eastern Taiz", "rebel-held eastern Aleppo", "the government-held city"."""
    words: list[str] = []
    held, left = p.held, p.first
    while left > 0:
        u = units[left - 1]
        if u.low in tables.compass and not (u.low in ("lower", "upper", "outer", "inner") and u.capital):
            words.insert(0, u.low)
        elif _holding(u, tables):
            held = _held_word(u)
        elif not (
            u.low == "," and left > 1 and (units[left - 2].low in tables.compass or _holding(units[left - 2], tables))
        ):
            break
        left -= 1
    if left > 0 and units[left - 1].low in _DETERMINERS and (held or p.noun or p.reference):
        left -= 1
    modifier = " ".join([*words, p.modifier or ""]).strip() or None
    return _moved(p, units, text, first=left, modifier=modifier, held=held) if left < p.first else p


def _beside(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> Phrase:
    """ "near X", "close to X", "just outside X"."""
    i = p.first - 1
    if i < 0 or p.modifier:
        return p
    if units[i].low == "the" and i > 0:
        i -= 1
    word, start = units[i].low, i
    if word in tables.near and not (
        word in ("off", "above", "around", "beyond", "behind") and units[i].upos not in ("ADP", "ADV")
    ):
        modifier = word
    elif word == "to" and i > 0 and units[i - 1].low in ("close", "next", "adjacent"):
        modifier, start = f"{units[i - 1].low} to", i - 1
    elif word == "from" and i > 1 and units[i - 1].low == "far" and units[i - 2].low == "not":
        modifier, start = "not far from", i - 2
    else:
        return p
    return _moved(p, units, text, first=start, modifier=modifier, near=True)


def _compass_of(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> list[Phrase]:
    """ "north of X", "20 km east of X", "the north and southwest of X": one phrase for each direction."""
    i = p.first - 1
    if i < 1 or units[i].low != "of" or units[i - 1].low not in tables.compass:
        return []
    points, left = [i - 1], i - 1
    while left >= 2 and units[left - 1].low in (",", "and", "or") and units[left - 2].low in tables.compass:
        points.insert(0, left - 2)
        left -= 2
    held = p.held
    while left >= 1 and (
        units[left - 1].low in ("the", "just", "to", "far")
        or _measure(units, left - 1)
        or _holding(units[left - 1], tables)
    ):
        held = _held_word(units[left - 1]) if _holding(units[left - 1], tables) else held
        left -= 1
    while units[left].low == "to":
        left += 1
    inside = units[left].low == "the"
    found = []
    for n, at in enumerate(points):
        first = left if n == 0 else at
        lead = " ".join(u.low for u in units[left : points[0]] if u.low != "the" and not _holding(u, tables))
        modifier = f"{lead} {units[at].low} of".strip()
        found.append(_moved(p, units, text, first=first, modifier=modifier, near=not inside, held=held))
    return found


def _measure(units: Sequence[Unit], i: int) -> bool:
    """Whether a unit belongs to a distance ("some 20 km", "12 kilometres (7 miles)")."""
    u = units[i]
    if _MEASURE.match(u.low) or u.low in ("some", "about", "around", "roughly"):
        return i + 1 < len(units) and (
            u.low not in ("some", "about", "around", "roughly") or units[i + 1].text[:1].isdigit()
        )
    return (u.text[:1].isdigit() or u.upos == "NUM") and i + 1 < len(units) and bool(_MEASURE.match(units[i + 1].low))


# ------------------------------------------------------------------ who holds it


def _holding(u: Unit, tables: Tables) -> bool:
    """Whether a word is one like "rebel-held"."""
    who, hyphen, how = u.low.rpartition("-")
    return bool(hyphen) and bool(who) and how in tables.held


def _held_word(u: Unit) -> Held:
    return Held(u.start, u.end, u.text[: max(u.text.rfind("-"), 1)])


def _held_after(units: Sequence[Unit], p: Phrase, tables: Tables, text: str) -> Phrase:
    """ "..., controlled by X", "... under the control of X", "... held by X"."""
    i = p.last + 1
    if p.held or i >= len(units):
        return p
    if units[i].low == "," and i + 1 < len(units):
        i += 1
    start = i
    if units[i].low in ("which", "that") and i + 2 < len(units) and units[i + 1].low in ("is", "was", "are", "were"):
        i += 2
        start = i
    if units[i].low in tables.held and i + 1 < len(units) and units[i + 1].low == "by":
        at = i + 2
    elif units[i].low == "under" and any(u.low == "control" for u in units[i + 1 : i + 5]):
        at = next(n for n in range(i + 1, i + 5) if units[n].low == "control")
        if at + 1 < len(units) and units[at + 1].low == "of":
            at += 2
        elif at > i + 1:
            return replace(
                p, held=Held(units[start].start, units[at].end, text[units[i + 1].start : units[at - 1].end])
            )
    else:
        return p
    end = at
    while end < len(units) and units[end].text in ("“", '"', "‘"):
        end += 1
    at = end if end < len(units) else at
    while (
        end < len(units)
        and end < at + 6
        and units[end].upos in (("NOUN", "PROPN", "ADJ", "DET", "X") if end == at else ("NOUN", "PROPN", "ADJ", "X"))
        and units[end].text.isprintable()
    ):
        end += 1
    if end == at:
        return p
    return replace(p, held=Held(units[start].start, units[end - 1].end, text[units[at].start : units[end - 1].end]))


def _moved(
    p: Phrase,
    units: Sequence[Unit],
    text: str,
    first: int | None = None,
    last: int | None = None,
    **more: object,
) -> Phrase:
    """The phrase with other ends."""
    a = p.first if first is None else first
    b = p.last if last is None else last
    end = p.end if last is None else units[b].end
    moved = replace(p, first=a, last=b, start=units[a].start, end=end)
    return replace(moved, **more)  # type: ignore[arg-type]
