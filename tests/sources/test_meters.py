"""Donation meters: amounts before and after their sign, and news of money that is none."""

from __future__ import annotations

import pytest

from trucewatch.sources.meters import amounts, is_meter


@pytest.mark.parametrize(
    ("line", "found", "currency"),
    [
        ("2,500 $", [2500], "$"),
        ("$1,240 raised", [1240], "$"),
        ("31 % of the February target", [], None),
        ("€ 3,450 of € 10,000 raised", [3450, 10000], "€"),
        ("12 450 ₴ raised of 50 000 ₴", [12450, 50000], "₴"),
        ("We have raised $3.5k of $10k this year", [3500, 10000], "$"),
        ("Goal: 2.500 EUR", [2500], "EUR"),
        ("£12.50", [12.5], "£"),
        ("1 204 donors", [], None),
        ("Raised: 15 000 ₽ / 40 000 ₽", [15000, 40000], "₽"),
    ],
)
def test_meters(line: str, found: list[float], currency: str | None) -> None:
    assert is_meter(line)
    assert amounts(line) == (found, currency)


@pytest.mark.parametrize(
    "line",
    [
        "The government pledged $2,500 to each family.",
        "1,489 families were registered.",
        "3 killed",
        "2,500",
        "Target of the raid",
        "In May 2017 the rebels reached the goal",
        "",
    ],
)
def test_no_meters(line: str) -> None:
    assert not is_meter(line)
