"""From sources to reports: the one entry of the pipeline to what people give it to read.

One bad report never stops the batch: it gives a report with an empty text and a note of level error.
Layer: sources, highest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from trucewatch.errors import SettingError
from trucewatch.model import ARTICLE_PARTS, Note, Published, Report
from trucewatch.sources.capture import HTML, MARKDOWN, MAX_BYTES, Capture
from trucewatch.sources.dates import find_date, parse_iso
from trucewatch.sources.decode import decode
from trucewatch.sources.files import open_source
from trucewatch.sources.languages import detect_language
from trucewatch.sources.markdown import front_matter
from trucewatch.sources.pages import PageText, read_html
from trucewatch.sources.parts import Page, read_page

Reading = tuple[Report, list[Note]]


def read_reports(
    sources: Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Reading]:
    """The report of each source, with what had to be noted, in the order given.

    `published` and `outlet` override what pages tell. Raises SettingError for a `published` that is no ISO date.
    """
    override = _user_date(published)
    return _reports(sources, override, outlet, (stdin, max_bytes))


def _reports(
    sources: Iterable[str | Path],
    override: Published | None,
    outlet: str | None,
    opening: tuple[BinaryIO | None, int],
) -> Iterator[Reading]:
    stdin, max_bytes = opening
    for source in sources:
        for capture in open_source(source, stdin=stdin, max_bytes=max_bytes):
            report, notes = read_capture(capture)
            if outlet:
                report = msgspec.structs.replace(report, outlet=outlet)
            if override is not None:
                report = msgspec.structs.replace(report, published=override)
                notes = [note for note in notes if not note.code.startswith("published_")]
            yield report, notes


def _user_date(value: str | None) -> Published | None:
    if value is None:
        return None
    read = parse_iso(value)
    if read is None:
        raise SettingError(
            f"--published is {value!r}, which is no ISO date. Give the day, or the day and hour: "
            "2016-10-20, 2016-10-20T08:00 or 2016-10-20T08:00+03:00."
        )
    return Published(value=read[0], precision=read[1], basis="user")


def read_capture(capture: Capture) -> Reading:
    """The report of a capture, and what had to be noted on the way."""
    notes = list(capture.notes)
    if any(note.level == "error" for note in notes) or (notes and not capture.data and capture.text is None):
        text = capture.text or ""
        report = Report(
            id=capture.id, source=capture.source, outlet=capture.outlet, title=capture.title,
            media_type=capture.media_type, text=text, parts=read_page(text).parts,
        )  # fmt: skip
        return report, notes
    page_text, found = _text_of(capture)
    notes.extend(found)
    title = capture.title or page_text.title
    markdown = capture.media_type == MARKDOWN
    page = read_page(page_text.text, title=title, hints=page_text.hints, markdown=markdown)
    published, date_notes = _published(capture, page_text, page)
    notes.extend(date_notes)
    if not page_text.text.strip():
        notes.append(Note(level="error", code="empty", message="the page holds no text that a reader would see"))
    return _report(capture, page_text, page, published), notes


def _text_of(capture: Capture) -> tuple[PageText, list[Note]]:
    if capture.text is not None:
        return PageText(capture.text), []
    if capture.media_type == HTML:
        return read_html(capture.data, capture.charset)
    text, notes = decode(capture.data, capture.charset)
    return (front_matter(text) if capture.media_type == MARKDOWN else PageText(text)), notes


def _report(capture: Capture, page_text: PageText, page: Page, published: Published) -> Report:
    text = page_text.text
    return Report(
        id=capture.id,
        source=capture.source,
        outlet=capture.outlet or page_text.outlet or page.outlet,
        title=capture.title or page.title,
        byline=page.byline or page_text.author,
        published=published,
        language=capture.language or detect_language(_article(text, page)),
        media_type=capture.media_type,
        text=text,
        parts=page.parts,
    )


def _article(text: str, page: Page) -> str:
    """The article's own words, by which its language is told; the whole text where there are none."""
    own = " ".join(text[slice(*part.span)] for part in page.parts if part.kind in ARTICLE_PARTS)
    return own if own.strip() else text


def _published(capture: Capture, page_text: PageText, page: Page) -> tuple[Published, list[Note]]:
    """The published date: as the record or the page's metadata tell it, else as the page's words do."""
    told = capture.published or page_text.published
    if told is None:
        return page.published, list(page.notes)
    read = parse_iso(told)
    if read is None:
        found = find_date(told)
        read = (found.value, found.precision or "day") if found is not None and found.value else None
    if read is not None:
        span = page.published.span if page.published.value == read[0] else None
        return Published(value=read[0], precision=read[1], basis="metadata", span=span), []
    message = f"the published date {told!r} is no date that can be read (as 2016-10-20 can) and is left out"
    return page.published, [*page.notes, Note(level="warning", code="published_unread", message=message)]
