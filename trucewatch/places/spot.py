"""Names that may be places: runs of capital words, told from persons and organisations.

A run counts as a place name where the parse calls it one, where it stands before or after a noun for a
kind of place ("Salah district", "the town of Marib"), or where the gazetteer knows it well enough for its
position.

Layer: places. Imports only model and this folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trucewatch.model import Sentence
from trucewatch.places.gazetteer import Entry, Gazetteer
from trucewatch.places.names import ARTICLES
from trucewatch.places.tables import Tables, load_tables
from trucewatch.places.units import Unit

_LOCATING = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "into",
        "towards",
        "toward",
        "outside",
        "inside",
        "around",
        "through",
        "across",
        "via",
        "of",
        "over",
        "on",
        "between",
    ]
)
_LONGEST = 6
_OWNERS = frozenset(("’s", "'s"))
_STATE_RUN = frozenset(("tv", "television", "media", "news", "radio", "agency", "department", "forces", "army", "run"))


@dataclass(frozen=True, slots=True)
class Core:
    """A name in a sentence: units [first, last], the words, and what the gazetteer has under them."""

    first: int
    last: int
    start: int
    end: int
    text: str
    labelled: bool  # the parse calls it a place
    known: bool  # the gazetteer has the name
    large: bool = False  # first of all as a country, an admin-1 unit or a city


@dataclass(frozen=True, slots=True)
class Scene:
    """What spotting needs of a sentence."""

    sentence: Sentence
    units: Sequence[Unit]
    shouted: bool  # written in capitals throughout, so that a capital tells nothing
    titled: bool = False  # most words begin with a capital, as in a headline


def spot(scene: Scene, text: str, gazetteer: Gazetteer) -> list[Core]:
    """Give the place names of a sentence, in text order."""
    tables, found = load_tables(), []
    for first, last in _runs(scene, tables):
        found.extend(_cores(scene, text, gazetteer, tables, first, last))
    return found


def _named(scene: Scene, tables: Tables, i: int) -> bool:
    """Whether a unit may be a word of a name."""
    unit = scene.units[i]
    if not unit.capital or not any(c.isalpha() for c in unit.text):
        return False
    if scene.shouted or scene.titled:
        return unit.label in ("place", "organization", "person") or unit.upos == "PROPN"
    if "-" in unit.text and unit.text.rpartition("-")[2][:1].islower():
        return False  # "Houthi-held", "Russian-backed"
    return i > 0 or unit.upos in ("PROPN", "X") or unit.label in ("place", "organization", "person")


def _runs(scene: Scene, tables: Tables) -> list[tuple[int, int]]:
    """Runs of capital units, joined by particles within names; both ends inclusive."""
    units, runs, i = scene.units, [], 0
    while i < len(units):
        if not _named(scene, tables, i):
            i += 1
            continue
        last = i
        while last + 1 < len(units):
            nxt = last + 1
            if _named(scene, tables, nxt) and _spaced(units[last], units[nxt]):
                last = nxt
            elif (units[nxt].low in _OWNERS and units[last].low == "people" and nxt + 1 < len(units) and last > i) or (
                nxt + 1 < len(units)
                and units[nxt].low in tables.connectors
                and _named(scene, tables, nxt + 1)
                and _spaced(units[last], units[nxt + 1], 8)
            ):
                last = nxt + 1
            else:
                break
        runs.append((i, last))
        i = last + 1
    return runs


def _spaced(a: Unit, b: Unit, most: int = 1) -> bool:
    return 0 < b.start - a.end <= most


def _cores(scene: Scene, text: str, gazetteer: Gazetteer, tables: Tables, first: int, last: int) -> list[Core]:
    """The place names within one run."""
    units = scene.units
    if any(u.low in _OWNERS for u in units[first : last + 1]):
        return []  # "Donetsk People's Republic"
    ending = {units[last].low, units[last].low.rstrip("s")}
    if last > first and ending & tables.organisations:
        return []
    found, i = [], first
    while i <= last:
        stretch = _longest(scene, gazetteer, tables, i, last)
        if stretch is None:
            i += 1
            continue
        end, known = stretch
        core = _core(scene, text, i, end, known, _lost(scene, gazetteer, i, end) if not known else 0)
        if known or core.end < units[end].end:
            core = replace(core, known=True, large=_large(gazetteer, core.text))
        if _is_place(scene, gazetteer, tables, core, first, last):
            found.append(core)
        i = end + 1
    return found


def _large(gazetteer: Gazetteer, name: str) -> bool:
    found = gazetteer.find(name.replace(".", ""))
    return bool(found) and (found[0].level in ("country", "adm1") or found[0].population >= 100_000)


def _core(scene: Scene, text: str, first: int, last: int, known: bool, lost: int = 0) -> Core:
    units = scene.units
    start, end = units[first].start, units[last].end - lost
    labels = [u.label for u in units[first : last + 1]]
    return Core(first, last, start, end, text[start:end], "place" in labels, known)


def _longest(scene: Scene, gazetteer: Gazetteer, tables: Tables, i: int, last: int) -> tuple[int, bool] | None:
    """The longest stretch from unit i that the gazetteer has, else that the parse calls a place."""
    units = scene.units
    if i < last and _lost(scene, gazetteer, i, i) and not gazetteer.find(units[i].text):
        return i, False
    for end in range(min(last, i + _LONGEST - 1), i - 1, -1):
        words = units[i : end + 1]
        barred = words[0].low in tables.never or words[0].low.removesuffix("s") in tables.never
        if words[-1].low in tables.connectors or (end == i and barred):
            continue
        found = gazetteer.find(_looked_up(scene, words))
        if found and (end == last or _ends_here(units, gazetteer, i, end, last, found[0])):
            return end, True
    plain = units[i].low.removesuffix("s")
    opens = units[i].low in tables.openers and i < last and units[i + 1].capital
    if (units[i].low in tables.never or plain in tables.never) and not opens:
        return None
    if units[i].low in tables.connectors and not opens:
        return None
    end = i
    while end < last and (
        units[end + 1].label == units[i].label or units[end + 1].low in tables.connectors or _glued(units[end + 1])
    ):
        free = units[end + 1].capital and units[end].low not in tables.connectors and not _glued(units[end + 1])
        if free and gazetteer.find(units[end + 1].text):
            break
        end += 1
    while end > i and units[end].low in tables.connectors:
        end -= 1
    return end, False


def _ends_here(units: Sequence[Unit], gazetteer: Gazetteer, i: int, end: int, last: int, best: Entry) -> bool:
    """Whether a known name that is followed by more of a labelled name is the whole of its own name.

    "Bustan" is no name in "Bustan al-Qasr", which is one place; "Aleppo" is one in "Aleppo Syria".
    """
    after = units[end + 1]
    if _glued(after):
        return False
    if after.label == "person" and units[end].label == "place":
        return True
    return (
        best.level in ("country", "adm1")
        or best.population >= 100_000
        or bool(gazetteer.find(units[end + 1].text) and end + 1 == last and best.population >= 20_000)
    )


def _lost(scene: Scene, gazetteer: Gazetteer, first: int, last: int) -> int:
    """1 where the last word of a name has a possessive s whose apostrophe was lost ("Syrias capital"), else 0."""
    words = scene.units[first : last + 1]
    if not words[-1].text.endswith("s") or len(words[-1].text) < 5:
        return 0
    found = gazetteer.find(_looked_up(scene, words)[:-1])
    return int(bool(found) and (found[0].level == "country" or found[0].population >= 50_000))


def _glued(unit: Unit) -> bool:
    """Whether a word goes on the name before it: "al-Qasr"."""
    head, hyphen, _ = unit.low.partition("-")
    return bool(hyphen) and head in ARTICLES and unit.low not in load_tables().groups


def _looked_up(scene: Scene, words: Sequence[Unit]) -> str:
    """A name as it is looked up: "U.S." without its stops, a possessive without its s."""
    joined = " ".join(u.text for u in words)
    return joined.replace(".", "") if "." in joined else joined


def _is_place(scene: Scene, gazetteer: Gazetteer, tables: Tables, core: Core, first: int, last: int) -> bool:
    units = scene.units
    if units[core.last].upos == "ADJ" and not scene.shouted:
        return False
    if units[core.last].low in tables.organisations and not core.known:
        return False
    acronym = core.text.isupper() and len(core.text) <= 5 and not scene.shouted
    if not core.known and (acronym or any(c.isdigit() for c in core.text)):
        return False
    if units[core.first].low in tables.groups:
        return False
    if units[core.first].low.removesuffix("s") in tables.kinds and core.first == core.last:
        return False
    whole = core.first == first and core.last == last
    labels = {u.label for u in units[core.first : core.last + 1] if u.low not in tables.connectors}
    kind_after = _kind_after(units, core.last, tables)
    kind_before = _kind_before(units, core.first, tables)
    demonym = gazetteer.demonym(core.text) is not None and not any(
        e.level == "country" for e in gazetteer.find(core.text)
    )
    if demonym:
        return kind_after == "border"
    if kind_after == "state" and core.last + 2 < len(units) and units[core.last + 2].low in _STATE_RUN:
        kind_after = None
    if kind_before or (kind_after and not _bodily(units, core.last, tables)):
        led = _located(units, core.first) or (core.first > 0 and units[core.first - 1].low == "the")
        return "person" not in labels or core.known or kind_before is not None or led
    if _bodily(units, core.last, tables) and not core.labelled:
        return False
    country = next((e for e in gazetteer.find(core.text.replace(".", "")) if e.level == "country"), None)
    if country is not None and core.text.replace(".", "").isupper() and len(core.text) <= 5:
        after = units[core.last + 1] if core.last + 1 < len(units) else None
        told_of = after is not None and _spaced(units[core.last], after) and after.upos in ("NOUN", "ADJ")
        return not scene.shouted and "person" not in labels and not told_of  # "in the UK", and not "US forces"
    if core.labelled and not core.known and scene.titled and not _located(units, core.first):
        return False
    if core.labelled:
        return core.known or any(u.upos == "PROPN" for u in units[core.first : core.last + 1])
    if not core.known:
        return False
    found = gazetteer.find(core.text.replace(".", ""))
    if not found:
        return False
    if _dateline(units, core) or _struck(units, core.first, tables):
        return True
    best = found[0]
    if not whole and ("person" in labels or "organization" in labels):
        return False
    if not whole and best.level != "country" and not (best.population >= 100_000 and _located(units, core.first)):
        return False
    return _prominent(best, labels, _located(units, core.first), scene.shouted)


def _prominent(best: Entry, labels: set[str | None], located: bool, shouted: bool) -> bool:
    """Whether a known name that the parse does not call a place is one all the same."""
    if best.level == "country":
        return len(best.name) > 3
    if "person" in labels or shouted:
        return (best.population >= 100_000 or best.level in ("adm1", "region")) and (located or best.rank >= 3)
    if "organization" in labels:
        return best.population >= 100_000 and not best.alternate
    if located:
        return best.population >= 15_000 or best.level in ("adm1", "region", "neighbourhood") or not best.alternate
    return best.population >= 50_000 and (best.rank >= 2 or not best.alternate)


def _dateline(units: Sequence[Unit], core: Core) -> bool:
    """Whether a name in capitals opens its sentence as a dateline does: "KRAMATORSK, Ukraine (AP)"."""
    opening = not any(u.text[:1].isalpha() for u in units[: core.first])
    after = units[core.last + 1].text if core.last + 1 < len(units) else ""
    return opening and core.text.isupper() and len(core.text) > 3 and after in (",", "(", "-", "–", "—", ":", "/")


def _struck(units: Sequence[Unit], i: int, tables: Tables) -> bool:
    """Whether a name is the object of a verb that takes places ("bombed X")."""
    at = i - 1
    while at > 0 and (units[at].low in tables.compass or units[at].low == "the"):
        at -= 1
    if at < 0 or units[at].upos != "VERB":
        return False
    low = units[at].low
    forms = {units[at].lemma, low, low.removesuffix("ed"), low.removesuffix("d"), low.removesuffix("s")}
    return bool(forms & tables.taking)


def _located(units: Sequence[Unit], i: int) -> bool:
    """Whether a preposition of place stands before a unit, an article and compass words between them."""
    for at in range(i - 1, max(-1, i - 4), -1):
        if units[at].low in _LOCATING:
            return True
        if units[at].low not in load_tables().compass and units[at].low not in ("the", "rebel-held"):
            return False
    return False


def _kind_after(units: Sequence[Unit], i: int, tables: Tables) -> str | None:
    """The noun for a kind of place right after a unit ("Salah district"), lower case or capital."""
    if i + 1 < len(units) and _spaced(units[i], units[i + 1]):
        word = units[i + 1].low
        nominal = units[i + 1].upos in ("NOUN", "PROPN", "ADJ") or word == "crossing"
        nominal = nominal and not (units[i + 1].capital and word in tables.organisations)
        return word if word in tables.kinds and nominal else None
    return None


def _kind_before(units: Sequence[Unit], i: int, tables: Tables) -> str | None:
    """The noun of "the town of X", "the entrance at X", "the area of X" before a unit."""
    if i >= 2 and units[i - 1].low in ("of", "at") and units[i - 2].upos == "NOUN":
        noun = units[i - 2].low
        if (units[i - 1].low == "of" and noun in tables.kinds) or noun in tables.parts:
            return noun
    return None


def _bodily(units: Sequence[Unit], i: int, tables: Tables) -> bool:
    """Whether the name stands before a noun for a body of people or a deal ("the Taiz command")."""
    return i + 1 < len(units) and units[i + 1].low in tables.bodies and _spaced(units[i], units[i + 1])
