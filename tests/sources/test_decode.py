"""Bytes to text: what is not UTF-8 is read as far as it can be, and told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.sources.decode import binary_kind, decode

RUSSIAN = "Перемирие в Алеппо сорвано обстрелом. По словам жителей, несколько человек были ранены."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_note(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == (RUSSIAN, [])


def test_utf16_without_a_mark() -> None:
    text = "Shells hit the market in Taiz."
    assert decode(text.encode("utf-16-le"))[0] == text
    assert decode(text.encode("utf-16-be"))[0] == text
    assert binary_kind(text.encode("utf-16-le")) is None


@pytest.mark.parametrize(
    ("encoding", "text"), [("cp1251", RUSSIAN), ("cp1252", "Le cessez-le-feu a été rompu à Bouaké, a déclaré l’armée.")]
)
def test_other_encodings_are_guessed_and_told(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    read, [note] = decode(data)
    assert read == text
    first = next(i for i, byte in enumerate(data) if byte > 127)
    assert note.level == "warning"
    assert f"byte {first} " in note.message


def test_declared_encoding_comes_before_a_guess() -> None:
    data = b'<meta charset="iso-8859-5">' + "Обстрел".encode("iso-8859-5")
    assert decode(data)[0].endswith("Обстрел")
    assert decode("Обстрел".encode("koi8-r"), "koi8-r")[0] == "Обстрел"


def test_a_stray_byte_costs_itself_alone() -> None:
    data = "Côte d’Ivoire – Bouaké".encode() + b"\xff."
    text, [note] = decode(data)
    assert text == "Côte d’Ivoire – Bouaké\ufffd."
    assert note.span == (22, 23)
    assert f"byte {len(data) - 2} " in note.message


def test_nul_is_kept_and_noted() -> None:
    text, [note] = decode(b"Shells\0hit")
    assert (text, note.span) == ("Shells\0hit", (6, 7))


@given(st.binary(max_size=400))
def test_never_fails(data: bytes) -> None:
    text, notes = decode(data)
    text.encode("utf-8", "surrogatepass")
    assert all(note.span is None or note.span[1] <= len(text) for note in notes)
    binary_kind(data)
