"""Golden truces: tests/gold/truce holds one case a file; adding one needs no Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from truce_cases import GOLD, load, told

from trucewatch.truce.follow import follow
from trucewatch.truce.tensions import find_tensions

FILES = sorted(GOLD.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_golden_truce(path: Path) -> None:
    case = load(path)
    claims, truces, notes = follow(case.doc, case.claims, case.mentions, case.anchors)
    expected = case.raw["truces"]
    got = [{key: told(truce, key) for key in want} for truce, want in zip(truces, expected, strict=False)]
    assert got == expected
    assert len(truces) == len(expected), [truce.judgement.summary for truce in truces]
    links = {c.id: [c.truce.label, c.truce.relation] if c.truce else [] for c in claims}
    wanted = case.raw.get("links", {})
    assert {key: links[key] for key in wanted} == wanted
    if "tensions" in case.raw:
        notes = [*notes, *find_tensions(case.doc, claims, case.mentions)]
        assert sorted(case.doc.text[n.span[0] : n.span[1]] for n in notes if n.span) == sorted(case.raw["tensions"])


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_reason_names_claims_of_the_report(path: Path) -> None:
    case = load(path)
    _, truces, _ = follow(case.doc, case.claims, case.mentions, case.anchors)
    known = {claim.id for claim in case.claims}
    for truce in truces:
        assert truce.judgement.reasons
        assert {claim for reason in truce.judgement.reasons for claim in reason.claims} <= known
        for label in truce.labels:
            assert case.doc.text[label.span[0] : label.span[1]] == label.text
