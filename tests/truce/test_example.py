"""The worked example of the record's contract: its gold claims give its gold truces."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from trucewatch.model import Document, Record
from trucewatch.truce.follow import follow
from trucewatch.truce.tensions import find_tensions

pytestmark = pytest.mark.shared
RECORD = Path(__file__).parents[3] / "shared" / "example" / "record.json"
LISTS = ("violations", "calm", "obstructions", "movements", "rejections", "undetermined")


@pytest.fixture(scope="module")
def gold() -> Record:
    return msgspec.json.decode(RECORD.read_bytes(), type=Record)


@pytest.fixture(scope="module")
def ours(gold: Record) -> Record:
    bare = [replace(claim, truce=None) for claim in gold.claims]
    claims, truces, notes = follow(Document(gold.report, ()), bare, gold.mentions)
    notes = [*find_tensions(Document(gold.report, ()), claims, gold.mentions), *notes]
    return replace(gold, claims=claims, truces=truces, notes=notes)


def test_every_claim_has_its_link(gold: Record, ours: Record) -> None:
    assert {c.id: c.truce for c in ours.claims} == {c.id: c.truce for c in gold.claims}


@pytest.mark.parametrize("field", ["labels", "declared_type", "computed_type", "area", "parties", "windows",
                                   "extensions", "corridors"])  # fmt: skip
def test_truces_have_the_same(gold: Record, ours: Record, field: str) -> None:
    assert [getattr(t, field) for t in ours.truces] == [getattr(t, field) for t in gold.truces]


@pytest.mark.parametrize("field", LISTS)
def test_truces_list_the_same_claims(gold: Record, ours: Record, field: str) -> None:
    def listed(record: Record) -> list[list[list[str]]]:
        return [[item.claims for item in getattr(truce, field)] for truce in record.truces]

    assert listed(ours) == listed(gold)


@pytest.mark.parametrize("field", ["observance", "purpose", "formal", "headline", "origins", "sides_heard"])
def test_judgements_have_the_same(gold: Record, ours: Record, field: str) -> None:
    assert [getattr(t.judgement, field) for t in ours.truces] == [getattr(t.judgement, field) for t in gold.truces]


def test_the_same_voices_are_missed(gold: Record, ours: Record) -> None:
    assert [set(t.judgement.voices_missing) for t in ours.truces] == [
        set(t.judgement.voices_missing) for t in gold.truces
    ]


def test_reasons_weigh_the_same_claims(gold: Record, ours: Record) -> None:
    def weighed(record: Record) -> set[tuple[str, str, tuple[str, ...]]]:
        reasons = record.truces[0].judgement.reasons
        return {(reason.about, reason.for_or_against, tuple(reason.claims)) for reason in reasons}

    assert weighed(ours) == weighed(gold)


def test_tensions_stand_on_the_same_words(gold: Record, ours: Record) -> None:
    assert [(n.code, n.level, n.span) for n in ours.notes] == [(n.code, n.level, n.span) for n in gold.notes]
