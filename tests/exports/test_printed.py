from __future__ import annotations

import io

import pytest
from rich.console import Console

from tests.samples import a_claim, a_count, a_record
from trucewatch.exports.printed import count_words, printed, time_words
from trucewatch.model import ActorRole, Note, Record, Time, Unresolved


def text_of(record: Record) -> str:
    out = io.StringIO()
    Console(file=out, width=100, highlight=False).print(printed(record))
    return out.getvalue()


def test_a_reading_leads_to_the_words() -> None:
    text = text_of(a_record())
    assert "shelling" in text
    assert "Mortars hit the Karada crossing on Monday, residents said" in text
    assert "[0:57]" in text
    assert "Did it hold? broken" in text


def test_a_label_is_shown_as_a_label() -> None:
    actor = ActorRole(role="initiator", span=(0, 7), text="bandits", name="armed group", loaded=True)
    assert "armed group (called “bandits”)" in text_of(a_record(claims=[a_claim(actors=[actor])]))


def test_what_is_open_is_said() -> None:
    claim = a_claim(time=Time(unresolved=Unresolved(missing=["start"], why="no day is told")))
    text = text_of(a_record(claims=[claim]))
    assert "no time told" in text
    assert "shelling, time: no day is told" in text


def test_a_report_without_claims_says_so_with_its_notes() -> None:
    note = Note(level="warning", code="language", message="the text is in ru")
    text = text_of(a_record(claims=[], truces=[], notes=[note]))
    assert "Nothing is claimed" in text
    assert "warning: the text is in ru" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"low": 3, "best": 3, "high": 3, "what": "killed", "who": "people"}, "3 people killed"),
        ({"high": 2500, "what": "gathered", "who": "people"}, "at most 2,500 people gathered"),
        ({"low": 12, "best": 12, "what": "wounded"}, "at least 12 wounded"),
        ({"best": 40, "who": "patients", "what": "arrived"}, "about 40 patients arrived"),
        ({"word": "few", "who": "patients", "what": "crossed"}, "“few” patients crossed"),
        ({"low": 18, "high": 25, "what": "killed"}, "at least 18, at most 25 killed"),
        ({"low": 0, "best": 0, "high": 0, "what": "killed"}, "0 killed"),
    ],
)
def test_counts_in_words(fields: dict[str, object], words: str) -> None:
    assert count_words(a_count(**fields)) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (Time(), "no time told"),
        (Time(start="2016-10-20T19:00", end="2016-10-20T19:01", precision="minute"), "2016-10-20 19:00"),
        (Time(start="2016-10-20T10:00", end="2016-10-20T11:00", precision="hour"), "about 2016-10-20 10:00"),
        (Time(end="2016-10-20T09:00", precision="minute"), "until 2016-10-20 09:00"),
        (Time(start="2016-10-20T18:00", end="2016-10-21", precision="part_of_day"), "2016-10-20 18:00 to 2016-10-21"),
    ],
)
def test_times_in_words(time: Time, words: str) -> None:
    assert time_words(time) == words
