"""The table of event types: codes, classes, and the page made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.coding.event_cases import document
from trucewatch.coding.event_docs import event_types_page
from trucewatch.coding.event_patterns import read_pattern
from trucewatch.coding.event_table import load_table
from trucewatch.coding.events import cameo, codes, find_events, ucdp

TYPES = sorted(load_table().types)
EXAMPLES = [(name, text) for name in TYPES for text in load_table().types[name].examples]
#: Examples that no pattern finds out of their context.
MISSED: set[str] = set()

ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Protests": {"Excessive force against protesters", "Peaceful protest", "Protest with intervention"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_codes_are_of_the_schemes(name: str) -> None:
    acled, plover = codes(name)
    assert acled.event_type is None or acled.sub_event_type in ACLED[acled.event_type]
    assert plover.event is None or plover.event in PLOVER
    root, code = cameo(name)
    assert (root is None and code is None) or (code or "").startswith(root or "?")
    assert ucdp(name) in {"state-based", "non-state", "one-sided", None}


def test_codes_of_the_worked_example() -> None:
    shelling = codes("shelling")
    assert shelling[0].sub_event_type == "Shelling/artillery/missile attack"
    assert (shelling[1].event, shelling[1].mode, shelling[1].context) == ("ASSAULT", "heavy-weapons", ["military"])
    assert codes("evacuation")[0].event_type is None
    assert codes("calm")[1].event is None
    assert codes("truce_accepted")[1].event == "AGREE"


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_every_example_is_found(name: str, text: str) -> None:
    assert name in [event.type for event in find_events(document(text))]


def test_a_pattern_without_options_is_told() -> None:
    with pytest.raises(ValueError, match="has no options"):
        read_pattern("open fire", {})


def test_every_class_that_a_pattern_names_is_known() -> None:
    table = load_table()
    for rules in table.rules.values():
        for found in rules.values():
            for rule in found:
                for condition in rule.pattern.conditions:
                    names = {option for option in condition.options if option.isupper()}
                    assert names <= set(table.classes), rule.pattern.source


def test_the_page_of_event_types_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "event-types.md"
    assert page.read_text("utf-8") == event_types_page()
