"""Counts: golden sentences of many wars (tests/gold/counts), and laws that hold for any text and any parse."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.coding.count_numbers import find_quantities
from trucewatch.coding.count_tables import load_tables
from trucewatch.coding.counts import consequence_counts, counts_for, find_counts
from trucewatch.language.parser import Parser
from trucewatch.model import Count, Document, EventMention, Part, Report, Sentence, Token, words

GOLD = Path(__file__).parents[1] / "gold" / "counts"
FIELDS = ("text", "what", "who", "low", "best", "high", "word", "per")


@lru_cache(maxsize=1)
def parser() -> Parser:
    return Parser.load()


def document(text: str) -> Document:
    """A document of one body part, parsed by the shipped model."""
    report = Report(id="x", source="x", text=text, parts=[Part(kind="body", span=(0, len(text)))])
    return Document(report, tuple(parser().parse(text, [(0, len(text))])))


def cases(*names: str) -> list[Any]:
    """The cases of golden files; one with `xfail` is a known failure with its reason."""
    found = []
    for name in names:
        for case in tomllib.loads((GOLD / name).read_text("utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            found.append(pytest.param(case, id=case["text"][:60], marks=marks))
    return found


def told(count: Count) -> dict[str, Any]:
    return {name: value for name in FIELDS if (value := getattr(count, name)) is not None}


@pytest.mark.parametrize("case", cases("numbers.toml"))
def test_number_phrases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [q for q in find_quantities(text, 0, len(text), load_tables()) if not q.article]
    names = ("low", "best", "high", "word")
    got = [
        {"text": text[q.span[0] : q.span[1]]}
        | {name: value for name in names if (value := getattr(q, name)) is not None}
        for q in found
    ]
    assert got == case["numbers"]


@pytest.mark.parametrize("case", cases("casualties.toml", "movements.toml", "things.toml", "no_counts.toml"))
def test_counts(case: dict[str, Any]) -> None:
    assert [told(count) for count in find_counts(document(case["text"]))] == case["counts"]


def event(doc: Document, trigger: str, kind: str = "attack") -> EventMention:
    start = doc.text.index(trigger)
    span = (start, start + len(trigger))
    return EventMention(span=span, text=trigger, trigger=words(doc.text, span), type=kind)


@pytest.mark.parametrize("case", cases("events.toml"))
def test_counts_of_events(case: dict[str, Any]) -> None:
    doc = document(case["text"])
    find = consequence_counts if case.get("consequences") else counts_for
    found = find(doc, event(doc, case["trigger"]), find_counts(doc))
    assert [{"text": count.text, "what": count.what} for count in found] == case["counts"]


# ------------------------------------------------------------------ laws


def loose(text: str, heads: list[int]) -> Document:
    """A document whose parse is any tree: words by blanks, heads as given, parts of speech by turns."""
    tokens, at = [], 0
    kinds = ("NUM", "NOUN", "VERB", "ADP", "PROPN", "ADJ")
    deps = ("nummod", "nsubj", "obj", "nmod", "conj", "ccomp", "nsubj:pass", "obl")
    for i, word in enumerate(text.split()):
        start = text.index(word, at)
        at = start + len(word)
        head = heads[i % len(heads)] if heads else -1
        tokens.append((i, start, at, word, head))
    n = len(tokens)
    built = tuple(
        Token(i, a, b, w, w.lower(), kinds[i % 6], "NN", -1 if n < 2 or h % n == i else h % n, deps[i % 8])
        for i, a, b, w, h in tokens
    )
    sentence = Sentence(0, len(text), built)
    return Document(Report(id="x", source="x", text=text, parts=[Part(kind="body", span=(0, len(text)))]), (sentence,))


WORDS = st.lists(
    st.sampled_from(
        [
            "killed", "12", "at", "least", "people", "several", "hundreds", "of", "wounded", "and", "the", "two", "no",
            "one", "1.2m", "18-25", "families", "up", "to", "(", ")", "up to", "shells", "others", "٣", "²",
            "families,", "more", "than", "between", "half", "a", "dozen", "million", "😀", "مئة", "nobody",
            "dead", "12,000", "12.000",
        ]
    )
)  # fmt: skip


@given(WORDS.map(" ".join))
@settings(max_examples=150, deadline=None)
def test_bounds_are_ordered_and_spans_slice_back(text: str) -> None:
    for q in find_quantities(text, 0, len(text), load_tables()):
        assert 0 <= q.span[0] <= q.core[0] < q.core[1] <= q.span[1] <= len(text)
        known = [value for value in (q.low, q.best, q.high) if value is not None]
        assert known == sorted(known)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(text: str) -> None:
    find_quantities(text, 0, len(text), load_tables())


@given(WORDS.map(" ".join), st.lists(st.integers(0, 40), min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_parse_gives_counts_on_their_words(text: str, heads: list[int]) -> None:
    doc = loose(text, heads)
    found = find_counts(doc)
    assert found == find_counts(doc)
    for count in found:
        assert doc.text[count.span[0] : count.span[1]] == count.text
        known = [value for value in (count.low, count.best, count.high) if value is not None]
        assert known == sorted(known)
    if text.split():
        first = text.split()[0]
        assert all(count in found or count.what for count in counts_for(doc, event(doc, first), found))


def test_a_long_text_without_blanks_is_read() -> None:
    assert find_counts(loose("x" * 200_000, [0])) == []


def test_furniture_gives_no_counts() -> None:
    text = "12 people were killed."
    report = Report(id="x", source="x", text=text, parts=[Part(kind="comment", span=(0, len(text)))])
    assert find_counts(Document(report, ())) == []
