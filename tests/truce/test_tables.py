"""The tables of the truce stage: whole, compiled, and told on one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trucewatch.model import Document, Mentions, Part, Report
from trucewatch.truce.area import NEAR
from trucewatch.truce.follow import follow
from trucewatch.truce.relations import NEAR_START
from trucewatch.truce.tables import load_labels, load_rules
from trucewatch.truce.tensions import find_tensions
from trucewatch.truce.wording import find_labels, phrase_hours

PAGE = (Path(__file__).parents[2] / "docs" / "judgement.md").read_text(encoding="utf-8")
ANSWERS = (
    "held", "mostly_held", "broken", "disputed", "undetermined", "reached", "partly_reached", "not_reached",
    "proposed", "in_force", "extended", "ended", "lapsed", "suspended",
)  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_page_tells_every_answer(answer: str) -> None:
    assert f"`{answer}`" in PAGE


def test_the_page_tells_every_relation_of_incidents() -> None:
    rules = load_rules()
    for relation in {"violates", "complies", "movement", "obstructs", "term"}:
        assert f"`{relation}`" in PAGE
    assert set(rules.relation.values()) <= {
        "declares", "accepts", "starts", "extends", "ends", "rejects", "renounces", "violates", "complies",
        "obstructs", "movement", "term",
    }  # fmt: skip


def test_the_numbers_of_the_page() -> None:
    assert NEAR_START == 3
    assert "within three hours of it" in PAGE
    assert load_rules().needs == 2
    assert "needs two sides" in PAGE
    assert NEAR == 30
    assert "within 30 km" in PAGE
    assert len(PAGE.split()) < 1000


def test_stances_are_ordered_and_agreed_ones_known() -> None:
    rules = load_rules()
    assert set(rules.stance.values()) <= set(rules.stances)
    assert rules.agreed <= set(rules.stances)


def document(text: str) -> Document:
    return Document(Report(id="r", source="s", text=text, parts=[Part(kind="body", span=(0, len(text)))]), ())


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("A regime of silence was agreed.", "regime of silence", "silence_regime"),
        ("The tahdiya held.", "tahdiya", "truce"),
        ("a halt to all air strikes", "halt to all air strikes", "air_strike_halt"),
        ("days of tranquillity for polio drops", "days of tranquillity", "day_of_tranquillity"),
        ("A CEASE-FIRE TOOK EFFECT", "CEASE-FIRE", "ceasefire"),
        ("the de-escalation zone in Idlib", "de-escalation zone", "de_escalation_zone"),
        ("the armistice of 1994", "armistice", "armistice"),
        ("a mini ceasefire", "mini ceasefire", "ceasefire"),
        ("a pause in the fighting", "pause in the fighting", "pause"),
        ("the cessation of hostilities agreement", "cessation of hostilities", "cessation_of_hostilities"),
        ("a window of silence for evacuation", "window of silence", "silence_regime"),
    ],
)
def test_labels(text: str, label: str, kind: str) -> None:
    found = find_labels(document(text), Mentions(), [])
    assert [(one.text, one.kind.type) for one in found] == [(label, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "After a brief pause he went on.",
        "Troops crossed the ceasefire line.",
        "The silence of the world was deafening.",
        "Hospital corridors were full.",
        "They halted at the checkpoint, calm and quiet.",
    ],
)
def test_words_that_name_no_truce(text: str) -> None:
    assert find_labels(document(text), Mentions(), []) == []


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("one-day ", 24),
        ("48-hour ", 48),
        ("week-long ", 168),
        ("three day ", 72),
        ("fragile ", None),
        ("", None),
    ],
)
def test_lengths(words: str, hours: float | None) -> None:
    assert phrase_hours(words) == hours


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "هدنة إنسانية في حلب",
        "🔥" * 50,
        "truce" * 20000,
        "the truce " * 2000,
        "TRUCE\x00\n\n\r",
        "a" * 200_000,
    ],
)
def test_odd_texts_raise_nothing(text: str) -> None:
    claims, truces, notes = follow(document(text), [], Mentions())
    assert claims == []
    assert find_tensions(document(text), [], Mentions()) == []
    assert all(re.fullmatch(r"t[0-9a-f]{12}", truce.id) for truce in truces)
    assert notes == []


def test_the_pattern_of_labels_names_every_row() -> None:
    labels = load_labels()
    assert set(labels.pattern.groupindex) == {f"l{i}" for i in range(len(labels.kinds))}
