"""Score places against gold toponyms: what is found, and how far off what is resolved lies.

A gold file is JSON Lines with `text` and `toponyms` [{start, end, surface, lat, lon, geonameid, label}]; offsets are
code points. Two spans agree where they overlap. 161 km (100 miles) is the usual bound of the geoparsing literature
(Gritta et al. 2018, "What's missing in geographical parsing?").
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trucewatch.language.parser import Parser
from trucewatch.model import Document, Part, PlaceMention, Report
from trucewatch.places.gazetteer import Gazetteer
from trucewatch.places.resolve import find_places

BOUND_KM = 161.0


def score_recognition(gold: Path) -> dict[str, float]:
    """Give precision, recall and F1 of place names over the toponyms of a gold file.

    Toponyms labelled AST (a government named by its place) are none to find as a place; `governments` is the share
    of those that are not taken for places. Mentions without a capital
    ("the city") are left out, since no set annotates them.
    """
    found = matched = told = hit = 0
    seats = right = 0
    for text, toponyms in _documents(gold):
        mentions = _mentions(text)
        named = [m for m in mentions if m.kind == "place" and any(c.isupper() for c in m.text or "")]
        places = [t for t in toponyms if t.get("label", "LOC") == "LOC"]
        others = [t for t in toponyms if t.get("label", "LOC") != "LOC"]
        found += len(named)
        matched += sum(any(_overlap(m, t) for t in places) for m in named)
        told += len(places)
        hit += sum(any(_overlap(m, t) for m in named) for t in places)
        seats += len(others)
        right += sum(not any(_overlap(m, t) for m in named) for t in others)
    precision, recall = _ratio(matched, found), _ratio(hit, told)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": precision, "recall": recall, "f1": f1, "mentions": float(found), "gold": float(told),
        "governments": _ratio(right, seats),
    }  # fmt: skip


def score_resolution(gold: Path, *, limit: int | None = None) -> dict[str, float]:
    """Give how many gold toponyms with a point are resolved within 161 km, over all gold and over what was resolved.

    A country, for which no point stands, counts as resolved right where it is the same country.
    """
    total = near = tried = 0
    for n, (text, toponyms) in enumerate(_documents(gold)):
        if limit is not None and n >= limit:
            break
        mentions = _mentions(text)
        for t in toponyms:
            if t.get("lat") is None and not t.get("geonameid"):
                continue
            total += 1
            over = [m for m in mentions if _overlap(m, t)]
            answers = [_right(m, t) for m in over if m.lat is not None or m.level == "country"]
            tried += bool(answers)
            near += any(answers)
    return {"within_161_km": _ratio(near, total), "precision": _ratio(near, tried), "resolved": _ratio(tried, total),
            "gold": float(total)}  # fmt: skip


def _documents(gold: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], row["toponyms"]


def _mentions(text: str) -> list[PlaceMention]:
    parts = [Part(kind="body", span=(0, len(text)))]
    report = Report(id="", source="", text=text, parts=parts, language="en")
    sentences = Parser.load().parse(text, [(0, len(text))])
    return find_places(Document(report, tuple(sentences)), Gazetteer.load())


def _overlap(mention: PlaceMention, toponym: dict[str, Any]) -> bool:
    start, end = mention.span or (0, 0)
    return start < int(toponym["end"]) and int(toponym["start"]) < end


def _right(mention: PlaceMention, toponym: dict[str, Any]) -> bool:
    """Whether a mention is the place of a toponym: the same id, the same country, or within the bound."""
    if mention.geonameid is not None and str(mention.geonameid) == str(toponym.get("geonameid")):
        return True
    if mention.level == "country":
        page = str(toponym.get("wikipedia") or toponym.get("page") or toponym.get("gaz_name") or "")
        return page.rsplit("/", 1)[-1].replace("_", " ").casefold() == (mention.name or "").casefold()
    if mention.lat is None or mention.lon is None or toponym.get("lat") is None:
        return False
    return _kilometres(mention.lat, mention.lon, float(toponym["lat"]), float(toponym["lon"])) <= BOUND_KM


def _kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b, d = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(d / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


#: The sets, under the folder of gold sets.
FILES = tuple(f"places/{name}.jsonl" for name in ("humset_dev", "lgl", "geovirus", "mini_conflict_mordecai_tests"))


def score_places(gold: Path) -> dict[str, float]:
    """Give all figures over the gold folder, named `set.figure`."""
    scores: dict[str, float] = {}
    for file in FILES:
        name = Path(file).stem
        figures = score_resolution(gold / file)
        if name == "humset_dev":
            figures |= {f"loc_{key}": value for key, value in score_recognition(gold / file).items()}
        scores |= {f"{name}.{key}": value for key, value in figures.items()}
    return scores
