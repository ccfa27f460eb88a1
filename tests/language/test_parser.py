"""The parser on the shipped model: laws that hold for any text, and a few sentences that it must get right."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trucewatch.errors import DataError
from trucewatch.language.parser import Parser
from trucewatch.model import Sentence

TEXT = (
    "Government forces shelled the rebel-held town of Daraya on Friday, killing at least 12 civilians, "
    "activists said. “We did not fire a single shot,” Gen. Votel told reporters in Aleppo.\n\n"
    "Two mortar rounds hit the Castello road. According to the Russian MoD, nobody was hurt."
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser.load()


def whole(parser: Parser, text: str) -> list[Sentence]:
    return parser.parse(text, [(0, len(text))])


def check(text: str, found: list[Sentence]) -> None:
    """Everything points into the text and into the sentence, and every sentence is one tree."""
    at = 0
    for s in found:
        assert at <= s.start == s.tokens[0].start
        assert s.end == s.tokens[-1].end
        at = s.end
        n = len(s.tokens)
        assert [t.head for t in s.tokens].count(-1) == 1
        for i, t in enumerate(s.tokens):
            assert t.i == i
            assert text[t.start : t.end] == t.text != ""
            assert t.lemma
            assert -1 <= t.head < n
            assert (t.dep == "root") == (t.head == -1)
            assert t.factuality is None or -3 <= t.factuality <= 3
            seen, up = set(), i
            while up >= 0:
                assert up not in seen
                seen.add(up)
                up = s.tokens[up].head
        for name in s.names:
            assert 0 <= name.start < name.end <= n
        for frame in s.frames:
            for a in frame.args:
                assert 0 <= a.start <= a.head < a.end <= n
        for saying in s.sayings:
            assert saying.cue
            assert saying.source or saying.content
            for part in (saying.cue, saying.source, saying.content):
                assert list(part) == sorted(set(part))
                assert set(part) <= set(range(n))


def test_it_reads_a_report(parser: Parser) -> None:
    found = whole(parser, TEXT)
    check(TEXT, found)
    assert len(found) == 4
    first = found[0]
    lemmas = {t.text: t.lemma for t in first.tokens}
    assert lemmas["shelled"] == "shell"
    assert lemmas["forces"] == "force"
    kinds = {" ".join(t.text for t in first.tokens[n.start : n.end]): n.kind for n in first.names}
    assert kinds["Daraya"] == "place"
    assert kinds["Friday"] == "time"
    shell = next(f for f in first.frames if first.tokens[f.predicate].text == "shelled")
    assert shell.sense is not None
    assert shell.sense.startswith("shell")
    assert {a.label for a in shell.args} >= {"ARG0", "ARG1"}


def test_it_finds_who_says_what(parser: Parser) -> None:
    found = whole(parser, TEXT)
    told = found[1].sayings[0]
    words = [[found[1].tokens[i].text for i in part] for part in (told.cue, told.source, told.content)]
    assert words[0] == ["told"]
    assert "Votel" in words[1]
    assert "shot" in words[2]
    according = found[3].sayings[0]
    assert [found[3].tokens[i].text for i in according.cue] == ["According", "to"]
    assert "MoD" in [found[3].tokens[i].text for i in according.source]


def test_denial_lowers_factuality(parser: Parser) -> None:
    yes, no = whole(parser, "The army fired a shot. The army did not fire a shot.")
    fired = next(t.factuality for t in yes.tokens if t.lemma == "fire")
    not_fired = next(t.factuality for t in no.tokens if t.lemma == "fire")
    assert fired is not None
    assert not_fired is not None
    assert fired > 1 > not_fired


def test_a_sentence_parses_the_same_in_any_company(parser: Parser) -> None:
    alone = [whole(parser, TEXT[s.start : s.end])[0] for s in whole(parser, TEXT)]
    together = whole(parser, TEXT)
    fresh = Parser.load(threads=1)
    backwards = [fresh.parse(TEXT, [(s.start, s.end)])[0] for s in reversed(together)]
    for a, b, c in zip(alone, together, reversed(backwards), strict=True):
        assert [t.factuality for t in a.tokens] == [t.factuality for t in b.tokens]
        assert [(t.head, t.dep, t.lemma) for t in a.tokens] == [(t.head, t.dep, t.lemma) for t in b.tokens]
        assert (a.names, a.frames, a.sayings) == (b.names, b.frames, b.sayings)
        assert b == c
    assert parser.parse_many([(TEXT, [(0, len(TEXT))])] * 2) == [together, together]


def test_only_the_regions_are_read(parser: Parser) -> None:
    cut = TEXT.index("Two mortar")
    found = parser.parse(TEXT, [(cut, len(TEXT)), (0, 40)])
    check(TEXT, found)
    assert found[0].end <= 40
    assert found[1].start == cut


ODD = [
    "",
    " \n\t ",
    ".",
    "!!! ??? ...",
    "\x00\x01\x02 control \x7f\u200b\ufeff",
    "💥💥 الله أكبر 🇸🇾 ‮rtl‬",
    "x" * 10_000,
    "word " * 1_500,
    ", ".join(f"village {i} was shelled" for i in range(200)),
    "\ud7ff\ufffd\U0010ffff",
    "a" + "\u0301" * 500,
    "“" * 300,
    "1 2 3 4 5 6 7 8 9 " * 60,
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_without_error(parser: Parser, text: str) -> None:
    check(text, whole(parser, text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_is_read_without_error(parser: Parser, text: str) -> None:
    check(text, whole(parser, text))


def test_a_parser_pickles(parser: Parser) -> None:
    again = pickle.loads(pickle.dumps(parser))
    assert whole(again, TEXT) == whole(parser, TEXT)


def test_a_missing_model_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be opened"):
        Parser.load(folder=tmp_path)
