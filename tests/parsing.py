"""Documents for tests that look at real parses: one body, parsed by the shipped model."""

from __future__ import annotations

from functools import cache

from trucewatch.language.parser import Parser
from trucewatch.model import Document, Part, Published, Report


@cache
def parser() -> Parser:
    """The shipped parser, opened once for all tests."""
    return Parser.load()


def parsed(text: str, published: str | None = None) -> Document:
    """A document whose text is one body."""
    report = Report(
        id="0" * 64,
        source="test",
        language="en",
        text=text,
        parts=[Part(kind="body", span=(0, len(text)))],
        published=Published(
            value=published, precision="day" if published else None, basis="user" if published else None
        ),
    )
    return Document(report, tuple(parser().parse(text, [(0, len(text))])))
