"""Documents for the tests of times: parsed by the shipped model, or cut into sentences without any parse."""

from __future__ import annotations

import re
from functools import cache

from trucewatch.language.parser import Parser
from trucewatch.model import Document, Part, Published, Report, Sentence, Token


@cache
def parser() -> Parser:
    return Parser.load()


def a_report(text: str, published: str | None = None) -> Report:
    date = Published(value=published, precision="day", basis="user") if published else Published()
    return Report(id="r", source="-", text=text, published=date, parts=[Part(kind="body", span=(0, len(text)))])


def parsed(text: str, published: str | None = None) -> Document:
    return Document(a_report(text, published), tuple(parser().parse(text, [(0, len(text))])))


def unparsed(text: str, published: str | None = None) -> Document:
    """Sentences cut at stops, every word a root of its own: what the grammar does without the help of a parse."""
    sentences = []
    for match in re.finditer(r"[^.!?\n]*[^\s.!?][^.!?\n]*[.!?]?", text):
        words = re.finditer(r"\w+|[^\w\s]", match[0])
        tokens = tuple(
            Token(k, match.start() + w.start(), match.start() + w.end(), w[0], w[0].lower(), "X", "XX", -1, "root")
            for k, w in enumerate(words)
        )
        sentences.append(Sentence(match.start(), match.end(), tokens))
    return Document(a_report(text, published), tuple(sentences))
