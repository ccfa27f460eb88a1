from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.samples import a_claim, a_record, a_report
from trucewatch.errors import StoreError
from trucewatch.model import Claim, Coder, Report, Time, Truce
from trucewatch.pipeline import encode
from trucewatch.store.records import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "war.sqlite")


def test_the_same_record_twice_changes_nothing(store: Store) -> None:
    line = encode(a_record())
    assert store.keep(line)
    before = store.path.read_bytes(), store.claims(), store.reports()
    assert not store.keep(line)
    assert (store.path.read_bytes(), store.claims(), store.reports()) == before


def test_what_is_kept_comes_back_whole(store: Store) -> None:
    record = a_record()
    store.keep(encode(record))
    assert store.find(record.report.id) == (record, record.report)
    assert store.find(record.claims[0].id)[1] == record.claims[0]
    assert store.find(record.truces[0].id[:6])[1] == record.truces[0]


def test_a_new_coding_stands_beside_the_old_and_is_shown(store: Store) -> None:
    old = a_record()
    new = a_record(coder=Coder(version="1", model="better"), claims=[a_claim(confidence=0.5)])
    store.keep(encode(old))
    store.keep(encode(new))
    assert [row["confidence"] for row in store.claims()] == [0.5]
    assert len(store.reports()) == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 2),
        ({"type": "shelling"}, 1),
        ({"place": "karada"}, 1),
        ({"teller": "resid"}, 2),
        ({"since": "2021-03-02"}, 0),
        ({"since": "2021-03-01", "until": "2021-03-02"}, 1),
        ({"place": "100%"}, 0),
    ],
)
def test_filters(store: Store, filters: dict[str, str], found: int) -> None:
    second = a_claim(id="c2")
    second = replace(
        second, event=replace(second.event, type="clash"), time=Time(), place=replace(second.place, name="X")
    )
    store.keep(encode(a_record(claims=[a_claim(), second])))
    assert len(store.claims(**filters)) == found


def test_an_unknown_id_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="'nowhere' is not kept"):
        store.find("nowhere")


def test_an_id_that_fits_several_is_told(store: Store) -> None:
    store.keep(encode(a_record(claims=[a_claim(id="cab1"), a_claim(id="cab2")])))
    with pytest.raises(StoreError, match="fits 2 things"):
        store.find("cab")


def test_a_file_that_is_no_record_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes, and they are longer than the header of a database " * 20)
    with pytest.raises(StoreError, match=r"notes\.txt cannot be used"):
        Store.open(path)


def test_a_missing_record_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no record at"):
        Store.open(tmp_path / "none.sqlite", create=False)


def test_two_reports_with_the_same_truce_id_are_kept_apart(store: Store) -> None:
    store.keep(encode(a_record()))
    other = "Another page. " + a_report().text
    store.keep(encode(a_record(report=a_report(other, source="b.txt"), claims=[])))
    assert len(store.truces()) == 2


def test_kinds_of_things_found(store: Store) -> None:
    record = a_record()
    store.keep(encode(record))
    kinds = [type(store.find(id)[1]) for id in (record.report.id, record.claims[0].id, record.truces[0].id)]
    assert kinds == [Report, Claim, Truce]
