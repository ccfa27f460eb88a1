"""A captured source: its bytes, where they came from, and what is known of them before they are read.

Layer: sources, lowest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from trucewatch.model import Note

TEXT, HTML, MARKDOWN, JSONL = "text/plain", "text/html", "text/markdown", "application/jsonl"
BINARY = "application/octet-stream"
#: Longest report in bytes that is read unless the caller says otherwise.
MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Capture:
    """One report as captured. `text` is given where the capture itself tells it (a line of JSON Lines)."""

    data: bytes
    source: str
    media_type: str = TEXT
    charset: str | None = None  # as the server declares it
    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    digest: str | None = None  # of bytes that were too many to keep
    notes: tuple[Note, ...] = ()

    @property
    def id(self) -> str:
        """The sha256 of the captured bytes, in hex."""
        return self.digest or hashlib.sha256(self.data).hexdigest()


def failed(source: str, code: str, message: str, **known: str | None) -> Capture:
    """A capture of nothing: the source, and one note of level error that says why."""
    return Capture(b"", source, notes=(Note(level="error", code=code, message=message),), **known)  # type: ignore[arg-type]
