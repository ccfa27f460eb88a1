"""Reports from JSON Lines: one object a line, {id, text, and where known published, outlet, title, url, language}.

A line that is none gives a capture with a note that names the line and the column; the others are read.
Layer: sources.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from trucewatch.model import Note
from trucewatch.sources.capture import TEXT, Capture, failed

_ID = re.compile(rb"\"id\"\s*:\s*\"((?:[^\"\\]|\\.){1,200})\"")
_ONE_DOCUMENT = (
    "line 1: this is one JSON document over many lines, and one object a line is read (JSON Lines); "
    "jq -c '.[]' turns a list into lines, jq -c . an object"
)
_KNOWN = ("title", "outlet", "published", "language")


def looks_like_jsonl(line: bytes) -> bool:
    """Whether a first line is a JSON object with an id or a text."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") or len(line) > 20_000_000:
        return False
    value = _parsed(line)
    return isinstance(value, dict) and "text" in value


def read_jsonl(pieces: Iterator[bytes], source: str, max_bytes: int) -> Iterator[Capture]:
    """The reports of a stream of lines; a piece without a line break is continued by the next."""
    any_line = False
    for number, piece in enumerate(pieces, start=1):
        if number == 1 and piece.strip(b"\xef\xbb\xbf \t\r\n") in (b"[", b"{"):
            yield failed(source, "bad_json", _ONE_DOCUMENT)
            return
        if len(piece) > max_bytes:
            yield _long_line(piece, pieces, source, (number, max_bytes))
            any_line = True
        elif piece.strip(b"\xef\xbb\xbf \t\r\n\0"):
            any_line = True
            yield _report(piece.rstrip(b"\r\n"), source, number)
    if not any_line:
        yield Capture(
            b"",
            source,
            notes=(Note(level="error", code="empty", message="the file holds no line with a report"),),
        )


def _long_line(piece: bytes, pieces: Iterator[bytes], source: str, at: tuple[int, int]) -> Capture:
    """A line beyond the limit: read on to its end to hash it, kept in no memory."""
    number, max_bytes = at
    found = _ID.search(piece[:4096])
    digest, size, last = hashlib.sha256(), 0, piece
    for following in _rest(piece, pieces):
        digest.update(last)
        size, last = size + len(last), following
    end = last.rstrip(b"\r\n")
    digest.update(end)
    message = (
        f"line {number} has {size + len(end)} bytes, and a report may have {max_bytes}: the limit is passed at byte "
        f"{max_bytes} of the line, nothing of it is read. Split it, or raise TRUCEWATCH_MAX_BYTES"
    )
    name = f"{source}#{_unescaped(found[1]) if found else f'line {number}'}"
    return Capture(b"", name, digest=digest.hexdigest(), notes=(Note(level="error", code="too_long", message=message),))


def _rest(piece: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    while not piece.endswith(b"\n"):
        following = next(pieces, None)
        if following is None:
            return
        piece = following
        yield piece


def _unescaped(raw: bytes) -> str:
    try:
        return str(json.loads(b'"' + raw + b'"'))
    except ValueError:
        return raw.decode("utf-8", "replace")


def _parsed(line: bytes) -> Any:
    """The value of a line, None where it is no JSON."""
    try:
        return json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None


def _report(line: bytes, source: str, number: int) -> Capture:
    try:
        text = line.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        return _broken(line, source, number, f"not UTF-8 at byte {error.start} of the line (0x{line[error.start]:02x})")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return _broken(line, source, number, f"no JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError) as error:
        return _broken(line, source, number, f"no JSON that can be read: {error}")
    fault = _fault(value)
    if fault is not None:
        return _broken(line, source, number, fault)
    return _capture(value, line, source, number)


def _fault(value: Any) -> str | None:
    if not isinstance(value, dict):
        advice = " (jq -c '.[]' turns a list into lines)" if isinstance(value, list) else ""
        return f"the line is a JSON {_kind(value)}, not an object with `id` and `text`{advice}"
    if "text" not in value:
        return f"the object has no `text` (it has {', '.join(sorted(map(str, value))[:8]) or 'no field'})"
    if not isinstance(value["text"], str):
        return f"`text` is a {_kind(value['text'])}, not a string"
    return None


def _kind(value: Any) -> str:
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "list", dict: "object"}
    return names.get(type(value), "null")


def _broken(line: bytes, source: str, number: int, why: str) -> Capture:
    digest = hashlib.sha256(line).hexdigest()
    note = Note(level="error", code="bad_line", message=f"line {number}: {why}; the other lines are read")
    value = _parsed(line)
    known = value.get("id") if isinstance(value, dict) else None
    name = known if isinstance(known, str) and known else f"line {number}"
    return Capture(b"", f"{source}#{name}", digest=digest, notes=(note,))


def _capture(value: dict[str, Any], line: bytes, source: str, number: int) -> Capture:
    notes: list[Note] = []
    known: dict[str, str | None] = {}
    for field in _KNOWN:
        given = value.get(field)
        if given is None or (isinstance(given, str) and given.strip()):
            known[field] = given
        else:
            known[field] = None
            if given != "":
                notes.append(
                    Note(
                        level="warning",
                        code="bad_field",
                        message=f"line {number}: `{field}` is a {_kind(given)}, not a string, and is left out",
                    )
                )
    name = value.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int) or name == "":
        notes.append(
            Note(
                level="warning",
                code="bad_field",
                message=f"line {number}: `id` is {'missing' if name is None else 'no string'}; "
                "the line's number stands for it",
            )
        )
        name = f"line {number}"
    text = _clean(value["text"])
    if not text.strip():
        notes.append(Note(level="error", code="empty", message=f"line {number}: `text` is empty"))
    elif text != value["text"]:
        notes.append(
            Note(
                level="warning",
                code="encoding",
                message=f"line {number}: half a character pair in `text` stands as U+FFFD",
            )
        )
    return Capture(line, f"{source}#{name}", TEXT, text=text, notes=tuple(notes), **known)


def _clean(text: str) -> str:
    """The text with lone surrogates, which no encoding can write, as U+FFFD."""
    return (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if any("\ud800" <= c <= "\udfff" for c in text)
        else text
    )
