"""Places told without a name: "the crossing", "its checkpoint", "the city centre", "one of the checkpoints".

Layer: places. Imports only this folder.
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.places.shape import Phrase, widen
from trucewatch.places.spot import Scene
from trucewatch.places.tables import Tables, load_tables
from trucewatch.places.units import Unit

_POINTING = frozenset(["the", "this", "that", "its", "their"])
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
        "on",
        "over",
        "along",
    ]
)
NATIONWIDE = frozenset(["nationwide", "countrywide", "nation-wide", "country-wide"])


def refer(scene: Scene, text: str, sentence: int, taken: Sequence[Phrase]) -> list[Phrase]:
    """Give the phrases of a sentence that tell a place without a name and do not overlap `taken`."""
    units, tables = scene.units, load_tables()
    found: list[Phrase] = []
    covered = {i for p in taken for i in range(p.first, p.last + 1)}
    for i, unit in enumerate(units):
        if i in covered or any(p.first <= i <= p.last for p in found):
            continue
        phrase = _phrase(units, i, unit, tables, sentence)
        if phrase is None or phrase.first in covered or _goes_on(units, phrase.last, covered):
            continue
        wider = [phrase] if unit.low in NATIONWIDE else widen(scene, phrase, text)
        for wide in wider:
            if not any(n in covered for n in range(wide.first, wide.last + 1)):
                found.append(wide)
    return found


def _goes_on(units: Sequence[Unit], last: int, covered: set[int]) -> bool:
    """Whether a name follows that tells which one is meant ("the city of X", "the crossing at X")."""
    return (
        last + 2 < len(units)
        and units[last + 1].low in ("of", "at", "with", "called", "named")
        and (last + 2 in covered or last + 3 in covered)
    )


def _phrase(units: Sequence[Unit], i: int, unit: Unit, tables: Tables, sentence: int) -> Phrase | None:
    if unit.low in NATIONWIDE:
        return _made(units, sentence, i, i, "country", "country", None)
    if unit.low in tables.references and unit.upos in ("NOUN", "PROPN", "VERB"):
        return _pointed(units, i, tables, sentence) or _one_of(units, i, tables, sentence)
    if unit.low in tables.belongings and i >= 1 and units[i - 1].low in ("its", "their"):
        return _made(units, sentence, i - 1, i, "its", None, f"{unit.low} of")
    if unit.low == "side" and i >= 2 and units[i - 1].low == "the" and units[i - 2].low in _LOCATING:
        return _held_side(units, i, tables, sentence)
    return _one_of(units, i, tables, sentence)


def _pointed(units: Sequence[Unit], i: int, tables: Tables, sentence: int) -> Phrase | None:
    """Read "the crossing", "the city centre"; adjectives of compass and holder come later, in `widen`."""
    left = i
    while left > 0 and (
        units[left - 1].low in tables.compass
        or units[left - 1].low == ","
        or "-held" in units[left - 1].low
        or "-controlled" in units[left - 1].low
    ):
        left -= 1
    if left == 0 or units[left - 1].low not in _POINTING or units[left].low == ",":
        return None
    if units[i - 1].low in tables.compass and units[i].low in ("city", "town", "village", "province", "country"):
        return None  # "the western town" tells where a town lies, and goes back to none
    noun, last, modifier = units[i].low, i, None
    nxt = units[i + 1] if i + 1 < len(units) else None
    if nxt is not None and nxt.low in ("centre", "center", "outskirts", "limits", "suburbs"):
        last, modifier = i + 1, f"{nxt.low} of"
    elif _compounded(units, i, tables):
        return None  # "the city council": no place
    if units[left - 1].low in ("its", "their"):
        if noun in tables.belongings:
            return _made(units, sentence, left - 1, last, "its", None, f"{noun} of")
        return None
    level = "country" if noun == "country" else tables.kinds.get(noun)
    first = left - 1 if left == i else i
    return _made(units, sentence, first, last, noun, level, modifier)


def _compounded(units: Sequence[Unit], i: int, tables: Tables) -> bool:
    """Whether a further noun makes something else of it ("the city council"); a day does not ("the village Friday")."""
    nxt = units[i + 1] if i + 1 < len(units) else None
    if nxt is None or nxt.start - units[i].end != 1 or nxt.upos not in ("NOUN", "PROPN"):
        return False
    return nxt.label != "time" and nxt.low not in tables.never and nxt.low != "side"


def _one_of(units: Sequence[Unit], i: int, tables: Tables, sentence: int) -> Phrase | None:
    """Read "one of the checkpoints", "the southern heights": a place without a name, after a preposition."""
    low = units[i].low
    singular = low[:-1] if low.endswith("s") else low
    level = tables.kinds.get(low) or tables.kinds.get(singular)
    if level not in ("site", "region", "line") or units[i].upos not in ("NOUN", "PROPN") or units[i].capital:
        return None
    left = i
    while left > 0 and (
        units[left - 1].low in tables.compass
        or units[left - 1].low
        in (
            "the",
            "other",
            "some",
            "several",
            "both",
            "two",
            "three",
            "all",
            "of",
            "one",
            "these",
            "those",
            "exit",
        )
    ):
        left -= 1
    told = any(u.low in tables.compass or u.low in ("other", "one") for u in units[left:i])
    if not told or left == 0 or units[left - 1].low not in _LOCATING:
        return None
    points = [u.low for u in units[left:i] if u.low in tables.compass]
    return _made(units, sentence, left, i, "", level, " ".join(points) or None, nameless=True)


def _held_side(units: Sequence[Unit], i: int, tables: Tables, sentence: int) -> Phrase | None:
    """ "on the side controlled by X"."""
    after = units[i + 1 : i + 4]
    if any(u.low in tables.held for u in after):
        return _made(units, sentence, i - 1, i, "", "region", None, nameless=True)
    return None


def _made(
    units: Sequence[Unit],
    sentence: int,
    first: int,
    last: int,
    reference: str,
    level: str | None,
    modifier: str | None,
    nameless: bool = False,
) -> Phrase:
    noun = units[last].low if not modifier else None
    return Phrase(
        sentence, first, last, units[first].start, units[last].end, None, None, level, noun,
        reference=reference or None, modifier=modifier, nameless=nameless,
    )  # fmt: skip
