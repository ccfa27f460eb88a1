"""HTML pages: the visible text with its parts, metadata, broken markup; and Markdown."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.model import Report
from trucewatch.sources.capture import HTML, MARKDOWN, Capture
from trucewatch.sources.reader import read_capture

FOLDER = Path(__file__).parent / "pages"


def kinds(report: Report) -> list[tuple[str, str]]:
    return [(part.kind, " ".join(report.text[slice(*part.span)].split())[:24]) for part in report.parts]


def test_news_page() -> None:
    report, notes = read_capture(Capture((FOLDER / "homs.html").read_bytes(), "homs.html", HTML))
    assert notes == []
    assert kinds(report) == [
        ("navigation", "Home Syria Opinion"),
        ("template", "We value your privacy. W"),
        ("title", "Truce in Homs breaks dow"),
        ("summary", "Mortar shells hit the ol"),
        ("byline", "By Rana Aziz"),
        ("dateline", "9 February 2014"),
        ("widget", "Facebook Twitter 112 sha"),
        ("caption", "A UN car in Homs, 8 Febr"),
        ("dateline", "HOMS, Syria (AP) —"),
        ("body", "Mortar shells hit the ol"),
        ("promotion", "Advertisement"),
        ("body", "Some 80 people had left "),
        ("promotion", "The Levant in your inbox"),
        ("body", "Six hundred more were wa"),
        ("navigation", "Homs Truce"),
        ("related", "Most read Bread price do"),
        ("widget", "2 Comments"),
        ("comment", "Sami February 9, 2014 at"),
        ("comment", "Leyla D. February 10, 20"),
        ("template", "© 2014 Levant Daily. All"),
    ]
    assert (report.title, report.byline, report.outlet) == ("Truce in Homs breaks down", "Rana Aziz", "Levant Daily")
    assert (report.published.value, report.published.basis) == ("2014-02-09T10:20+02:00", "metadata")
    assert "killed 50" not in report.text


def test_broken_page_loses_nothing() -> None:
    page = (
        b"<h1>Broken page<p>Shells hit Taiz on <b>Monday, killing two.\n<p>The army <i>denied it."
        b"<div>By 09:00, up to 300 families had gathered at the crossing &amp; waited. <table><tr><td>Killed<td>3"
    )
    report, _ = read_capture(Capture(page, "x.html", HTML))
    assert [part.kind for part in report.parts] == ["title", "body"]
    assert "crossing & waited" in report.text
    assert report.text.split()[-2:] == ["Killed", "3"]


def test_markdown_is_unchanged() -> None:
    text = (
        "---\ntitle: Truce in Marib\ndate: 2021-03-04\n---\n# Truce in Marib\n\n"
        "Shells hit **Marib** at noon, [residents](http://a.b/c) said.\n\n## What they said\n\n"
        "![A street in Marib](a.jpg)\n\n- Nobody was killed in the market.\n"
    )
    report, _ = read_capture(Capture(text.encode(), "a.md", MARKDOWN))
    assert report.text == text
    assert [part.kind for part in report.parts] == ["template", "title", "body", "caption", "body"]
    assert (report.title, report.published.value) == ("Truce in Marib", "2021-03-04")


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_any_markup_is_read(markup: str) -> None:
    report, _ = read_capture(Capture(f"<p>{markup}".encode("utf-8", "replace"), "x.html", HTML))
    assert "".join(report.text[slice(*part.span)] for part in report.parts) == report.text
