"""Attributions: golden sentences of many wars (tests/gold/speech), and laws that hold for any text and any parse."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.coding.speech import attribution_for, find_attributions
from trucewatch.coding.speech_quotes import quotations
from trucewatch.language.parser import Parser
from trucewatch.model import (
    ActorMention,
    AttributionMention,
    Document,
    EventMention,
    Part,
    Report,
    Sentence,
    Token,
    words,
)

GOLD = Path(__file__).parents[1] / "gold" / "speech"


@lru_cache(maxsize=1)
def parser() -> Parser:
    return Parser.load()


def document(text: str) -> Document:
    report = Report(id="x", source="x", text=text, parts=[Part(kind="body", span=(0, len(text)))])
    return Document(report, tuple(parser().parse(text, [(0, len(text))])))


def cases(name: str) -> list[Any]:
    found = []
    for case in tomllib.loads((GOLD / name).read_text("utf-8"))["case"]:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
        found.append(pytest.param(case, id=case["text"][:60], marks=marks))
    return found


def told(doc: Document, saying: AttributionMention) -> dict[str, Any]:
    content = [doc.text[a:b] for a, b in saying.content.spans] if saying.content else []
    got: dict[str, Any] = {"voice": saying.voice, "content": content}
    if saying.source:
        got["source"] = saying.source.text
    if saying.cue:
        got["cue"] = saying.cue.text
    return got


@pytest.mark.parametrize("case", cases("sayings.toml"))
def test_sayings(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    found = find_attributions(doc, [])
    assert [told(doc, saying) for saying in found] == case["sayings"]


def actor_at(doc: Document, text: str, name: str) -> ActorMention:
    start = doc.text.index(text)
    return ActorMention(id="a1", span=(start, start + len(text)), text=text, name=name, kind="government")


@pytest.mark.parametrize("case", cases("tellers.toml"))
def test_tellers_of_events(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    actors = [actor_at(doc, text, name) for text, name in case.get("actors", [])]
    start = doc.text.index(case["trigger"])
    trigger = words(doc.text, (start, start + len(case["trigger"])))
    event = EventMention(span=trigger.span, text=trigger.text, trigger=trigger)
    found = attribution_for(doc, event, find_attributions(doc, actors), actors)
    got: dict[str, Any] = {"voice": found.voice}
    if found.source:
        got["source"] = found.source.text
        if found.source.name:
            got["name"] = found.source.name
    if found.chain:
        got["chain"] = [link.text for link in found.chain]
    assert got == case["attribution"]


# ------------------------------------------------------------------ laws


def loose(text: str, heads: list[int]) -> Document:
    """A document whose parse is any tree."""
    tokens, at = [], 0
    kinds = ("PROPN", "VERB", "NOUN", "ADP", "PUNCT", "VERB")
    deps = ("nsubj", "root", "ccomp", "obj", "parataxis", "advcl", "conj", "obl", "acl")
    spoken = text.split()
    for i, word in enumerate(spoken):
        start = text.index(word, at)
        at = start + len(word)
        head = heads[i % len(heads)] % len(spoken)
        xpos = ("NNP", "VBD", "VBG")[i % 3]
        tokens.append(
            Token(i, start, at, word, word.lower(), kinds[i % 6], xpos, -1 if head == i else head, deps[i % 9])
        )
    report = Report(id="x", source="x", text=text, parts=[Part(kind="body", span=(0, len(text)))])
    return Document(report, (Sentence(0, len(text), tuple(tokens)),))


WORDS = st.lists(
    st.sampled_from(
        [
            "said", "that", "“we", "left”", ",", "reportedly", "according", "to", "citing", "X", "the", "army",
            "denied", "(", ")",
            "accused", "of", ":", '"', "and", "adding", "was", "quoted", "as", "saying",
            "it", "became", "known", "reports", "claim", "he", ";",
        ]
    )
)  # fmt: skip


@given(WORDS.map(" ".join), st.lists(st.integers(0, 40), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_parse_gives_sayings_on_their_words(text: str, heads: list[int]) -> None:
    doc = loose(text, heads)
    found = find_attributions(doc, [])
    assert found == find_attributions(doc, [])
    for saying in found:
        assert doc.text[saying.span[0] : saying.span[1]] == saying.text
        assert saying.cue is not None
        assert (saying.source is None) or saying.voice != "hearsay"
        for part in (saying.source, saying.cue, saying.content):
            for start, end in part.spans if part else []:
                assert saying.span[0] <= start < end <= saying.span[1]


@given(st.text(alphabet='“”"a \n', max_size=300))
@settings(max_examples=200, deadline=None)
def test_quotations_stand_in_the_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in quotations(text))


def test_nobody_tells_what_stands_in_no_saying() -> None:
    text = "Shells fell."
    report = Report(id="x", source="x", text=text, parts=[Part(kind="body", span=(0, len(text)))])
    event = EventMention(span=(7, 11), text="fell", trigger=words(text, (7, 11)))
    assert attribution_for(Document(report, ()), event, [], []).voice == "outlet"
