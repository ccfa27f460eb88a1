"""Bytes to text: UTF-8 first, then what the bytes or the page declare, then what they look like.

Whatever is not plain UTF-8 is told in a note with the place of the first byte that is not. Layer: sources.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from trucewatch.model import Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:\-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.\-]{2,40})",
    re.IGNORECASE,
)
_MAGIC = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"Rar!", "a RAR archive"), (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"), (b"RIFF", "a sound or picture file"), (b"OggS", "a sound file"),
    (b"ID3", "a sound file"), (b"{\\rtf", "an RTF document"),
)  # fmt: skip
_SAMPLE = 65_536
#: What files that are not UTF-8 are in, in our days; guessing among all encodings finds rarer ones by chance.
_USUAL = [
    "cp1252", "cp1251", "cp1256", "cp1250", "cp1253", "cp1254", "cp1255", "koi8_r", "gb18030", "big5", "shift_jis",
    "euc_jp", "euc_kr",
]  # fmt: skip
_CONTROL = bytes(range(0, 9)) + bytes(range(14, 27)) + bytes(range(28, 32))


def binary_kind(data: bytes) -> str | None:
    """What kind of binary file the bytes are, None where they look like text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if any(data.startswith(bom) for bom, _ in _BOMS) or _wide(data):
        return None
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return "a binary file" if controls * 20 > len(sample) else None


def decode(data: bytes, declared: str | None = None) -> tuple[str, list[Note]]:
    """The text of bytes, line ends unchanged, and what had to be noted. Never fails."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _with_bom(data, name)
    wide = _wide(data)
    if wide is not None:
        return data.decode(wide, errors="replace"), [
            _note("info", f"read as {wide.upper()}, which the zero bytes show")
        ]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, declared or _declared(data), error)
    return text, _nul_notes(text)


def _with_bom(data: bytes, name: str) -> tuple[str, list[Note]]:
    try:
        return data.decode(name), []
    except UnicodeDecodeError as error:
        text = data.decode(name, errors="replace")
        return text, [
            _bad(
                error.start,
                data,
                f"read as {name.upper()} as its first bytes tell; each bad byte stands as U+FFFD",
            )
        ]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if odd * 10 >= half * 7 and even * 10 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 10 >= half * 7 and odd * 10 < half else None


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _not_utf8(data: bytes, declared: str | None, error: UnicodeDecodeError) -> tuple[str, list[Note]]:
    if declared is not None:
        text = _try(data, declared)
        if text is not None:
            return text, [_bad(error.start, data, f"read as {declared}, which the page declares", level="info")]
    if _mostly_utf8(data):
        text = data.decode("utf-8", errors="replace")
        bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
        where = len(data[: error.start].decode("utf-8"))
        rest = f"{bad} stretch{'es' if bad > 1 else ''} of bad bytes stand{'' if bad > 1 else 's'} as U+FFFD"
        return text, [_bad(error.start, data, rest, span=(where, where + 1))]
    best = from_bytes(data[:_SAMPLE], cp_isolation=_USUAL).best()
    name = best.encoding if best is not None else "cp1252"
    return data.decode(name, errors="replace"), [_bad(error.start, data, f"read as {name}, which the bytes look like")]


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (LookupError, UnicodeError):
        return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether a stray byte stands in what else is UTF-8: more good than bad sequences beyond ASCII, or few of all."""
    sample = data[: _SAMPLE * 4]
    text = sample.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - bad > bad


def _nul_notes(text: str) -> list[Note]:
    at = text.find("\0")
    if at < 0:
        return []
    message = f"{text.count(chr(0))} NUL characters, the first at character {at}; they are kept and read as blanks"
    return [Note(level="warning", code="encoding", message=message, span=(at, at + 1))]


def _bad(at: int, data: bytes, how: str, *, level: str = "warning", span: tuple[int, int] | None = None) -> Note:
    message = f"not UTF-8 at byte {at} (0x{data[at]:02x}); {how}"
    return Note(level="info" if level == "info" else "warning", code="encoding", message=message, span=span)


def _note(level: str, message: str) -> Note:
    return Note(level="info" if level == "info" else "warning", code="encoding", message=message)
