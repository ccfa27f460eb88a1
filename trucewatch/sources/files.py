"""Captures from files, folders, JSON Lines, standard input and addresses.

Nothing here fails: what cannot be captured gives a capture with a note of level error that names the source,
what is wrong, where, and what to do. Layer: sources.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from trucewatch.errors import SourceError
from trucewatch.model import Note
from trucewatch.sources.capture import HTML, JSONL, MARKDOWN, MAX_BYTES, TEXT, Capture, failed
from trucewatch.sources.decode import binary_kind
from trucewatch.sources.fetch import fetch, is_address
from trucewatch.sources.jsonl import looks_like_jsonl, read_jsonl

MEDIA_TYPES = {
    ".txt": TEXT, ".text": TEXT, ".htm": HTML, ".html": HTML, ".xhtml": HTML, ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".jsonl": JSONL, ".ndjson": JSONL, ".json": JSONL,
}  # fmt: skip
_CHUNK = 1 << 20
_NAMED = 10


def open_source(source: str | Path, *, stdin: BinaryIO | None = None, max_bytes: int = MAX_BYTES) -> Iterator[Capture]:
    """The captures of a source: a file, a folder, "-" for `stdin`, or an http(s) address."""
    name = str(source)
    if name == "-":
        yield from _from_stdin(stdin, max_bytes)
    elif is_address(name):
        yield from _from_address(name, max_bytes)
    elif os.path.isdir(name):  # noqa: PTH112 - Path() would fold "a//b" and so change the source's name
        yield from _from_folder(name, max_bytes)
    else:
        yield from _from_file(name, max_bytes)


def _from_stdin(stdin: BinaryIO | None, max_bytes: int) -> Iterator[Capture]:
    if stdin is None:
        yield failed("-", "missing", "there is no standard input to read; give a file, a folder or an address")
        return
    yield from _from_stream(stdin, "-", None, max_bytes)


def _from_address(address: str, max_bytes: int) -> Iterator[Capture]:
    try:
        page = fetch(address, limit=max_bytes)
    except SourceError as error:
        yield failed(address, "unreachable", str(error))
        return
    known = {
        "text/html": HTML,
        "application/xhtml+xml": HTML,
        "text/markdown": MARKDOWN,
        "application/x-ndjson": JSONL,
        JSONL: JSONL,
    }
    media_type = known.get(page.media_type) or _sniff(page.data)
    if media_type == JSONL:
        yield from read_jsonl(iter(page.data.splitlines(keepends=True)), address, max_bytes)
    else:
        yield _checked(Capture(page.data, address, media_type, page.charset))


def _from_folder(folder: str, max_bytes: int) -> Iterator[Capture]:
    """Its readable files, in the order of their paths; one capture more tells what was left out."""
    readable: list[Path] = []
    others: list[Path] = []
    for path in sorted(Path(folder).rglob("*"), key=lambda p: p.parts):
        if any(part.startswith(".") for part in path.relative_to(folder).parts) or not path.is_file():
            continue
        (readable if path.suffix.lower() in MEDIA_TYPES else others).append(path)
    for path in readable:
        yield from _from_file(str(path), max_bytes)
    kinds = ", ".join(sorted(MEDIA_TYPES))
    if not readable:
        found = f"of its {len(others)} files none is of these" if others else "it holds no file"
        yield failed(folder, "empty_folder", f"nothing in this folder can be read: {found} ({kinds})")
    elif others:
        names = ", ".join(str(path.relative_to(folder)) for path in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        message = (
            f"{len(others)} of the files here are not read: {names}{more}; read are {kinds}. "
            "Give a file by its name to read it as text"
        )
        yield Capture(b"", folder, notes=(Note(level="warning", code="skipped", message=message),))


def _from_file(name: str, max_bytes: int) -> Iterator[Capture]:
    try:
        with Path(name).open("rb") as stream:
            yield from _from_stream(stream, name, MEDIA_TYPES.get(Path(name).suffix.lower()), max_bytes)
    except FileNotFoundError:
        yield failed(name, "missing", f"there is no file {name}; check the name and the folder you are in")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield failed(name, "unreadable", f"{name} cannot be opened: {reason}")


def _from_stream(stream: BinaryIO, name: str, media_type: str | None, max_bytes: int) -> Iterator[Capture]:
    """The captures of an open file. JSON Lines are streamed; anything else is read up to the limit."""
    if media_type == JSONL:
        yield from read_jsonl(_pieces(stream, max_bytes), name, max_bytes)
        return
    first = stream.readline(max_bytes + 1)
    if media_type is None and looks_like_jsonl(first):
        yield from read_jsonl(_pieces(stream, max_bytes, first), name, max_bytes)
        return
    data = first + _at_most(stream, max_bytes + 1 - len(first))
    if len(data) > max_bytes:
        yield _too_long(stream, name, data, max_bytes)
    else:
        yield _checked(Capture(data, name, media_type or _sniff(data)))


def _at_most(stream: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes, however little a pipe gives at a time."""
    chunks = []
    while size > 0 and (chunk := stream.read(min(size, _CHUNK))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def _pieces(stream: BinaryIO, max_bytes: int, first: bytes = b"") -> Iterator[bytes]:
    """The lines of a stream, a line beyond the limit in pieces: only the last piece ends in a line break."""
    if first:
        yield first
    while line := stream.readline(max_bytes + 1):
        yield line


def _too_long(stream: BinaryIO, name: str, data: bytes, max_bytes: int) -> Capture:
    """A capture that tells of too long a report; its bytes are hashed and let go."""
    digest, size = hashlib.sha256(data), len(data)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return Capture(b"", name, digest=digest.hexdigest(), notes=(too_long(size, max_bytes),))


def too_long(size: int, max_bytes: int) -> Note:
    """The note on a report of `size` bytes, which is beyond the limit."""
    message = (
        f"{size} bytes, and a report may have {max_bytes}: the limit is passed at byte {max_bytes}, "
        "nothing of it is read. Split it, or raise TRUCEWATCH_MAX_BYTES"
    )
    return Note(level="error", code="too_long", message=message)


def _sniff(data: bytes) -> str:
    """HTML where the bytes open as a page does, else plain text."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    opens = start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start[:1024]
    return HTML if opens else TEXT


def _checked(capture: Capture) -> Capture:
    """The capture, or what is left of it where there is nothing in it to read."""
    if not capture.data.strip():
        message = "the file is empty" if not capture.data else f"nothing but blanks in {len(capture.data)} bytes"
        return Capture(
            capture.data,
            capture.source,
            capture.media_type,
            notes=(Note(level="error", code="empty", message=message),),
        )
    kind = binary_kind(capture.data)
    if kind is None:
        return capture
    message = f"this is {kind}, no text (seen at byte 0); save it as text, HTML or Markdown and read that"
    return Capture(
        b"",
        capture.source,
        "application/octet-stream",
        digest=capture.id,
        notes=(Note(level="error", code="binary", message=message),),
    )
