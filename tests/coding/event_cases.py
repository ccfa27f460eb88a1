"""Golden cases of the event tests, read from tests/gold/events/*.toml, and documents made of plain text."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from trucewatch.language.parser import Parser
from trucewatch.model import Document, Part, Report

GOLD = Path(__file__).parent.parent / "gold" / "events"


@lru_cache(maxsize=1)
def parser() -> Parser:
    """The shipped language model, opened once."""
    return Parser.load()


def document(text: str) -> Document:
    """A text, all of it body, parsed."""
    span = (0, len(text))
    report = Report(id="0" * 64, source="test", language="en", text=text, parts=[Part(kind="body", span=span)])
    return Document(report, tuple(parser().parse(text, [span])))


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one golden file."""
    found: list[dict[str, Any]] = tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["case"]
    return found
