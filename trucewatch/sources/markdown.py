"""The front matter of a Markdown file: what it tells of the text, and where it ends. Layer: sources."""

from __future__ import annotations

import re

from trucewatch.sources.pages import PageText
from trucewatch.sources.units import Hint

_BLOCK = re.compile(
    r"\A\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)\r?\n(?P=fence)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^(?P<name>\w+)\s*[:=]\s*(?P<value>.+?)\s*$", re.MULTILINE)
_NAMES = {
    "title": "title", "date": "published", "published": "published", "author": "author", "by": "author",
    "outlet": "outlet",
    "site": "outlet", "source": "outlet", "publisher": "outlet",
}  # fmt: skip


def front_matter(text: str) -> PageText:
    """The text unchanged, with title, date, author and outlet from the block of fields at its top."""
    block = _BLOCK.match(text[:20_000])
    if block is None:
        return PageText(text)
    known: dict[str, str] = {}
    for match in _FIELD.finditer(block["body"]):
        name = _NAMES.get(match["name"].lower())
        if name is not None:
            known.setdefault(name, match["value"].strip("\"'[] "))
    hints: dict[int, Hint] = {}
    at = 0
    for line in block[0].splitlines(keepends=True):
        hints[at] = Hint(kind="template", sure=True)
        at += len(line)
    return PageText(text, hints, **known)
