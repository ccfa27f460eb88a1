"""Golden cases of place mentions and places of events: gold/places/*.toml, adding one needs no Python."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from trucewatch.language.parser import Parser
from trucewatch.model import Document, EventMention, Part, PlaceMention, Report, Words
from trucewatch.places.apply import place_for
from trucewatch.places.gazetteer import Gazetteer
from trucewatch.places.resolve import country_of, find_places

GOLD = Path(__file__).parents[1] / "gold" / "places"


def cases(file: str) -> list[Any]:
    table = tomllib.loads((GOLD / file).read_text(encoding="utf-8"))
    marks = {True: [], False: []}
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(strict=True, reason=case["known"])] if "known" in case else marks[False],
        )
        for case in table["case"]
    ]


def document(text: str) -> Document:
    report = Report(id="0" * 64, source="-", text=text, parts=[Part(kind="body", span=(0, len(text)))], language="en")
    return Document(report, tuple(Parser.load().parse(text, [(0, len(text))])))


def places_of(doc: Document) -> list[PlaceMention]:
    return find_places(doc, Gazetteer.load(), lambda words, country: f"{country}:{words}")


def meets(expected: dict[str, Any], mention: PlaceMention) -> bool:
    told = {
        "text": mention.text,
        "name": mention.name,
        "level": mention.level,
        "kind": mention.kind,
        "lat": mention.lat,
        "modifier": mention.modifier,
        "geonameid": mention.geonameid,
        "acled": mention.precision.acled if mention.precision else None,
        "held": mention.control.text if mention.control else None,
        "country": mention.within[-1].name if mention.within else mention.name,
    }
    parents = {w.name for w in mention.within}
    return all(
        set(value) <= parents if k == "within" else told[k] is None if value == "<null>" else told[k] == value
        for k, value in expected.items()
    )


@pytest.mark.parametrize("case", cases("mentions.toml"))
def test_mentions(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    found = places_of(doc)
    for mention in found:
        start, end = mention.span or (0, 0)
        assert doc.text[start:end] == mention.text
    for expected in case.get("mentions", []):
        assert any(meets(expected, m) for m in found), (expected, found)
    for words in case.get("absent", []):
        assert all(words != m.text for m in found if m.kind == "place"), found
    if "country" in case:
        assert country_of(doc, found) == case["country"]


@pytest.mark.parametrize("case", cases("events.toml"))
def test_events(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    at = -1
    for _ in range(case.get("nth", 1)):
        at = doc.text.index(case["trigger"], at + 1)
    trigger = Words(span=(at, at + len(case["trigger"])), text=case["trigger"])
    event = EventMention(span=trigger.span, text=trigger.text, trigger=trigger, type=case["type"])
    place, several = place_for(doc, event, places_of(doc))
    told: dict[str, Any] = {
        "name": place.name,
        "from": place.from_.name if place.from_ else None,
        "to": place.to.name if place.to else None,
        "observer": place.observer.name if place.observer else None,
        "unresolved": place.unresolved.missing[0] if place.unresolved else None,
        "places": [p.name for p in several],
    }
    for k, value in case["place"].items():
        assert told[k] == (None if value == "<null>" else value), (place, several)


def test_same_input_same_mentions() -> None:
    text = "Shells hit Taiz, Yemen. The city was calm later, and Aden sent aid to the crossing at al-Qasr."
    assert places_of(document(text)) == places_of(document(text))
