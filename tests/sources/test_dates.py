"""Dates of pages: whole dates with their hour, nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.sources.dates import find_date, parse_iso


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Thursday 15 February 2024", "2024-02-15"),
        ("Feb. 15, 2024", "2024-02-15"),
        ("15th of February, 2024", "2024-02-15"),
        ("2024-02-15", "2024-02-15"),
        ("2024/02/15", "2024-02-15"),
        ("20.10.2016", "2016-10-20"),
        ("20/10/2016", "2016-10-20"),
        ("10/20/2016", "2016-10-20"),
        ("05/05/2016", "2016-05-05"),
        ("Apr 232017", "2017-04-23"),
        ("12 March 2017, 14:05 GMT", "2017-03-12T14:05Z"),
        ("March 12, 2017 at 2:05 pm", "2017-03-12T14:05"),
        ("12 March 2017 | 14:05 (UTC+3)", "2017-03-12T14:05+03:00"),
        ("14:05, 12 March 2017", "2017-03-12T14:05"),
        ("April 7 2017 at 0914", "2017-04-07T09:14"),
        ("2017-03-12T14:05:30+02:00", "2017-03-12T14:05+02:00"),
        ("12 March 2017 12:30 am", "2017-03-12T00:30"),
    ],
)
def test_dates(words: str, value: str) -> None:
    text = f"xx {words} yy"
    found = find_date(text)
    assert found is not None
    assert found.value == value
    assert text[slice(*found.span)].strip() in words


@pytest.mark.parametrize("words", ["12 March", "March 2017", "31.02.2016", "99/99/2016", "in 2016", "", "2,016 people"])
def test_no_whole_date(words: str) -> None:
    assert find_date(words) is None


def test_two_ways_to_read_are_not_chosen_between() -> None:
    found = find_date("10/12/2016")
    assert found is not None
    assert found.value is None


def test_iso() -> None:
    assert parse_iso("2016-10-20") == ("2016-10-20", "day")
    assert parse_iso("2016-10-20T08:00:00.000Z") == ("2016-10-20T08:00Z", "minute")
    assert parse_iso("2016-10-20 08:00+0300") == ("2016-10-20T08:00+03:00", "minute")
    assert parse_iso("2016-13-20") is None
    assert parse_iso("20 October") is None


@given(st.text())
def test_never_fails(text: str) -> None:
    find_date(text)
    parse_iso(text)
