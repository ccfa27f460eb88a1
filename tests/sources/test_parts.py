"""The parts of a page: golden pages as data, and the laws that hold for any text."""

from __future__ import annotations

import itertools
import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import shared
from trucewatch.model import PART_KINDS, Part
from trucewatch.sources.languages import detect_language
from trucewatch.sources.parts import Page, read_page, split_parts

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "tests" / "gold" / "parts").glob("*.toml"))
OPTIONAL = ("amounts", "currency", "author", "posted", "votes", "position")


def _check_partition(text: str, parts: list[Part]) -> None:
    assert "".join(text[slice(*part.span)] for part in parts) == text
    assert all(part.span[0] < part.span[1] for part in parts)
    assert all(part.kind in PART_KINDS for part in parts)
    neighbours = itertools.pairwise(parts)
    assert not any(a.kind == b.kind != "comment" for a, b in neighbours)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_gold(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    text = case["text"]
    page = read_page(text)
    _check_partition(text, page.parts)
    got = [(part.kind, text[slice(*part.span)].strip()) for part in page.parts]
    told = [
        (kind, words[: len(expected["starts"])]) for (kind, words), expected in zip(got, case["parts"], strict=False)
    ]
    assert told == [(part["kind"], part["starts"]) for part in case["parts"]], got
    assert len(got) == len(case["parts"]), got
    for part, expected in zip(page.parts, case["parts"], strict=True):
        assert {key: getattr(part, key) for key in OPTIONAL if key in expected} == {
            key: expected[key] for key in OPTIONAL if key in expected
        }
    _check_page(page, case)


def _check_page(page: Page, case: dict[str, Any]) -> None:
    found = {
        "title": page.title,
        "byline": page.byline,
        "outlet": page.outlet,
        "published": page.published.value or "",
        "language": detect_language(case["text"]),
    }
    assert {key: found[key] for key in found if key in case} == {key: case[key] for key in found if key in case}


def test_founding_page() -> None:
    text = (ROOT / "examples" / "aleppo-pause.txt").read_bytes().decode("utf-8")
    page = read_page(text)
    assert [part.kind for part in page.parts] == [
        "donation_meter",
        "title",
        "promotion",
        "summary",
        "repeated_title",
        "body",
        "promotion",
        "widget",
        "comment",
        "template",
    ]
    assert page.parts[0].amounts == [0, 2500, 5000, 1489]
    assert page.parts[0].currency == "$"
    assert page.published.value is None
    assert page.parts[8].position == 1
    body = page.parts[5].span
    assert text[slice(*body)].startswith("Terrorists of Islamist groups disrupted")
    assert text[slice(*body)].rstrip().endswith("in the evening of October 20.")


@pytest.mark.shared
def test_example_page_has_the_very_parts_of_its_record() -> None:
    text = (shared() / "example" / "page.txt").read_bytes().decode("utf-8")
    gold = json.loads((shared() / "example" / "record.json").read_text(encoding="utf-8"))["report"]
    page = read_page(text)
    ours = [
        {"kind": part.kind, "span": list(part.span)}
        | {key: value for key in OPTIONAL if (value := getattr(part, key)) is None or not _unset(value)}
        for part in page.parts
    ]
    assert ours == gold["parts"]
    assert (page.title, page.byline, page.outlet) == (gold["title"], gold["byline"], gold["outlet"])
    assert page.published.value == gold["published"]["value"]
    assert list(page.published.span or ()) == gold["published"]["span"]


def _unset(value: object) -> bool:
    return type(value).__name__ == "UnsetType"


LINES = st.sampled_from(
    [
        "2 Comments",
        "Related",
        "By Ann Lee",
        "0 $",
        "12 March 2017",
        "👍 7",
        "Home | News | Sport",
        "",
        "\r",
        "Share",
        "Support The Post",
        "Truce broken in Taiz",
        "Shells hit the market in Taiz at noon, residents said.",
        "- 3 killed",
        "ADEN (AFP) - Two people were killed.",
        "Ivan · 2 hours ago",
        "All rights reserved",
        "\t",
        "هدنة في حلب",
        "x" * 500,
    ]
)
PAGES = st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join))


@given(PAGES)
@settings(max_examples=300, deadline=None)
def test_parts_partition_any_text(text: str) -> None:
    _check_partition(text, split_parts(text))


@given(PAGES, st.sampled_from([None, "Truce broken in Taiz"]))
@settings(max_examples=100, deadline=None)
def test_line_breaks_do_not_matter(text: str, title: str | None) -> None:
    text = text.replace("\r", "")
    windows = text.replace("\n", "\r\n")
    ours = [part.kind for part in split_parts(text, title=title)]
    assert [part.kind for part in split_parts(windows, title=title)] == ours


@given(st.text(alphabet=st.characters(blacklist_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), min_size=1))
def test_one_line_loses_nothing(text: str) -> None:
    kinds = {part.kind for part in split_parts(text)}
    assert kinds <= {"body", "dateline", "byline", "related", "widget", "template", "navigation"}


def test_one_line_is_body() -> None:
    for text in ("Support us", "12 $", "2 Comments", "Shells hit Taiz at noon, residents said."):
        assert [part.kind for part in split_parts(text)] == ["body"]


def test_title_in_the_one_line_of_a_scrape() -> None:
    text = "Wed 05 Apr 2017 Truce broken in Taiz. Shells hit the market at noon residents said."
    parts = split_parts(text, title="Truce broken in Taiz")
    assert [(part.kind, text[slice(*part.span)]) for part in parts] == [
        ("dateline", "Wed 05 Apr 2017 "),
        ("title", "Truce broken in Taiz. "),
        ("body", "Shells hit the market at noon residents said."),
    ]


@pytest.mark.shared
def test_scrapes_keep_their_body() -> None:
    lines = (shared() / "reports" / "fakes.jsonl").read_text(encoding="utf-8").splitlines()
    kept = total = 0
    for line in lines:
        report = json.loads(line)
        parts = split_parts(report["text"], title=report["title"])
        total += len(report["text"])
        kept += sum(part.span[1] - part.span[0] for part in parts if part.kind in ("body", "title", "dateline"))
    assert kept / total > 0.99


def test_hostile_lines_take_no_long_time() -> None:
    lines = [
        piece * (300 // len(piece))
        for piece in ("↑ 1.0 ", "share | ", "newest - ", "👍 1,", "a a ", "$ 1.", "- ", "By A ", "1 h ")
    ]
    text = "\n".join(f"{line}x" for line in lines) + "\nShells hit the market at noon, it was said.\n"
    began = time.perf_counter()
    split_parts(text)
    assert time.perf_counter() - began < 2
