"""Datelines on a line of their own and before a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.sources.datelines import inline_dateline, is_dateline, leading_date


@pytest.mark.parametrize(
    "line",
    [
        "TAIZ, Yemen, Thursday 15 February 2024",
        "ALEPPO, Syria",
        "KHARTOUM (AFP)",
        "Published: 12 March 2017, 14:05 GMT",
        "Updated 3 hours ago",
        "20.10.2016",
        "Date of publication 5 July 2016",
        "Last updated: Monday, 3 April 2023 at 10:15 am",
        "STEPANAKERT, September 28",
    ],
)
def test_lines(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "Home",
        "Aleppo",
        "12 killed",
        "Time for peace in Yemen",
        "The army advanced on 12 March",
        "May Day in Kyiv",
        "DAMASCUS",
    ],
)
def test_no_lines(line: str) -> None:
    assert not is_dateline(line)


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("ALEPPO, Syria (Reuters) - ", "Text starts"),
        ("KHARTOUM (AFP) — ", "Four people"),
        ("Beirut, 12 March 2017 — ", "The army"),
        ("DAMASCUS, SANA - ", "Army units"),
        ("Aleppo SANA-", "Terrorist groups"),
        ("BEIRUT August 21 (The Associated Press) ", "Syrian forces"),
        ("AL-BAB, Syria (AP) — ", "Rebels"),
        ("WASHINGTON/KYIV, March 3 (Reuters) - ", "Ukraine"),
        ("Kyiv — ", "Shelling resumed"),
        ("", "A 72-hour truce - The army said"),
        ("", "Russia – the main ally – said"),
        ("", "Syria – Russia's ally – said"),
        ("", "Sanaa: The army said"),
        ("", "BREAKING - Two killed"),
        ("", "By Monday - The rebels said"),
        ("", "Up to 3,000 - The army said"),
    ],
)
def test_before_a_sentence(dateline: str, rest: str) -> None:
    assert (inline_dateline(dateline + rest, first=True) or 0) == len(dateline)


@pytest.mark.parametrize(
    ("date", "rest"),
    [
        ("Fri 07 Apr 2017 at 0914 ", "Homs governor says"),
        ("Published February 18 2015 ", "The army"),
        ("18.10.2014Get short URL 0 13 ", "The coalition"),
        ("", "12 March 2017 was the deadliest day"),
        ("", "March 12, 2017, saw"),
    ],
)
def test_leading_date(date: str, rest: str) -> None:
    assert (leading_date(date + rest) or 0) == len(date)


@given(st.text())
def test_never_fails(text: str) -> None:
    is_dateline(text)
    inline_dateline(text, first=True)
    leading_date(text)
