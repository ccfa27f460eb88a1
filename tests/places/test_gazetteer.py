"""The table of places: keys of names, look-ups, parents; and that it opens fast and travels between processes."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.places.gazetteer import Gazetteer
from trucewatch.places.names import bare, distance, key, skeleton, worn


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("al-Turbah", "At Turbah"),
        ("Deir ez-Zor", "Deir al-Zor"),
        ("Ta‘izz", "Taizz"),
        ("St. Louis", "Saint Louis"),
        ("KHĀN SHAYKHŪN", "Khan Shaykhun"),
    ],
)
def test_spellings_of_one_name_share_a_key(a: str, b: str) -> None:
    assert key(a) == key(b)


def test_forms_of_a_key() -> None:
    assert bare(key("El Fasher")) == "fasher"
    assert worn(key("ar-Raqqah")) == worn(key("Raqqa")) == "raqa"
    assert skeleton(key("Bustan al-Qasr")) == skeleton(key("Boustan el-Kasr"))


@given(st.text(max_size=40))
def test_keys_are_stable(name: str) -> None:
    assert key(key(name)) == key(name)
    assert bare(bare(key(name))) == bare(key(name))


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_distance_is_symmetric_and_zero_only_for_equals(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)


def test_a_town_and_what_holds_it(gazetteer: Gazetteer) -> None:
    taiz = gazetteer.find("Taiz", "YE")[0]
    assert (taiz.level, taiz.geonameid, taiz.timezone) == ("settlement", 70225, "Asia/Aden")
    assert [w.name for w in gazetteer.parents(taiz)] == ["Taiz Governorate", "Yemen"]


def test_a_country_has_no_point(gazetteer: Gazetteer) -> None:
    sudan = gazetteer.find("Sudan")[0]
    assert (sudan.level, sudan.lat, sudan.country) == ("country", None, "SD")


def test_derived_centres_say_so(gazetteer: Gazetteer) -> None:
    entries = gazetteer.find("Darfur")
    assert entries[0].level == "region"
    assert entries[0].derived


def test_likeness_is_flagged_and_bound_to_a_country(gazetteer: Gazetteer) -> None:
    found = gazetteer.like("Khan Sheikhun", "SY")
    assert found
    assert all(e.variant and e.country == "SY" for e in found)
    assert gazetteer.like("Abc", "SY") == []


def test_demonyms_and_neighbours(gazetteer: Gazetteer) -> None:
    assert gazetteer.demonym("Syrian") == "SY"
    assert gazetteer.demonym("Syria") is None
    assert "TR" in gazetteer.neighbours("SY")
    assert gazetteer.zone("YE") == "Asia/Aden"


def test_unknown_names_give_nothing(gazetteer: Gazetteer) -> None:
    for name in ("", " ", "🙂", "Xqzvv", "'; DROP TABLE name; --"):
        assert gazetteer.find(name) == []


def test_it_pickles_as_its_path(gazetteer: Gazetteer) -> None:
    again = pickle.loads(pickle.dumps(gazetteer))
    assert again.find("Aleppo") == gazetteer.find("Aleppo")


def test_it_opens_fast() -> None:
    code = (
        "import time; from trucewatch.places.gazetteer import Gazetteer; t = time.perf_counter();"
        "assert Gazetteer.load().find('Aleppo'); print(time.perf_counter() - t)"
    )
    best = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3))
    assert best < 0.05
