"""Sentence and word splitting: laws on any text, and cases that reports are full of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.language.sentences import split, tokens


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text, 0, len(text))]


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in tokens(text, (0, len(text)))]


SPLITS = {
    "plain": ["The army left.", "Rebels stayed."],
    "rank": ["Gen. Votel spoke to Lt. Col. Smith.", "He left."],
    "country inside": ["The U.S. Army struck U.N. posts.", "It denied that."],
    "country at the end": ["They flew to the U.S.", "The talks failed."],
    "initial": ["John F. Kennedy spoke.", "So did J. Smith."],
    "quote closed after the stop": ["“We will not stop.”", "He then left."],
    "straight quote": ['"It is over." ', "The army left."],
    "question within": ["“Why now?” he asked.", "Nobody knew."],
    "month": ["On Oct. 18 shells fell.", "Two died."],
    "clock": ["It began at 19:00 p.m. local time.", "It ended at 8 a.m. on Friday."],
    "number": ["Some 3.5 tons of No. 5 shells fell.", "Ten died."],
    "footnote": ["Ten died.[12]", "More fled."],
    "glued": ["The town fell.", "The army said so."],
    "capitals": ["THE ARMY LEFT.", "REBELS STAYED."],
    "dots": ["They waited...", "Nothing came."],
    "company": ["Dow Inc. shares fell.", "Others rose."],
    "arabic question": ["Is it over؟", "Yes."],
}


@pytest.mark.parametrize("name", SPLITS)
def test_split_finds_the_sentences(name: str) -> None:
    expected = [s.strip() for s in SPLITS[name]]
    joint = "" if name == "glued" else " "
    assert sentences(joint.join(expected)) == expected


def test_a_hard_wrapped_line_goes_on() -> None:
    assert sentences("The army shelled the town of\nAleppo on Friday and\nkilled ten. Ten fled.") == [
        "The army shelled the town of\nAleppo on Friday and\nkilled ten.",
        "Ten fled.",
    ]


def test_a_heading_without_a_stop_stands_alone() -> None:
    assert sentences("Truce broken\n\nThe army shelled the town") == [
        "Truce broken",
        "The army shelled the town",
    ]
    assert sentences("Truce broken\nThe army shelled the town") == [
        "Truce broken",
        "The army shelled the town",
    ]


def test_bullets_stand_alone() -> None:
    text = "Violations:\n- shelling of homes\n- firing by snipers\n1. The bridge"
    assert sentences(text) == ["Violations:", "- shelling of homes", "- firing by snipers", "1. The bridge"]


def test_only_the_region_is_split() -> None:
    text = "One left. Two stayed. Three died."
    assert [text[a:b] for a, b in split(text, 10, 21)] == ["Two stayed."]


def test_addresses_do_not_end_a_sentence() -> None:
    assert sentences("See https://example.org/News.Html or www.Site.Com for more.") == [
        "See https://example.org/News.Html or www.Site.Com for more."
    ]


WORDS = {
    "don't you can't": ["do", "n't", "you", "ca", "n't"],
    "Russia’s army didn’t": ["Russia", "’s", "army", "did", "n’t"],
    "cannot": ["can", "not"],
    "a government-held area": ["a", "government", "-", "held", "area"],
    "co-workers": ["co-workers"],
    "T-72 and Su-24": ["T-72", "and", "Su-24"],
    "al-Nusra": ["al", "-", "Nusra"],
    "worth $1,240.": ["worth", "$", "1,240", "."],
    "(08:00 GMT+3)": ["(", "08:00", "GMT", "+", "3", ")"],
    "died.[1]": ["died", ".", "[", "1", "]"],
    "the U.S. left": ["the", "U.S.", "left"],
    "Gen. Votel": ["Gen.", "Votel"],
    "“No,” he said.": ["“", "No", ",", "”", "he", "said", "."],
    "20% rise": ["20", "%", "rise"],
    "100km away": ["100", "km", "away"],
    "the 5th": ["the", "5th"],
    "and/or": ["and", "/", "or"],
    "at https://a.org/b.": ["at", "https://a.org/b", "."],
    "What?!": ["What", "?!"],
    "he waited...": ["he", "waited", "..."],
    "James' car": ["James", "'", "car"],
}


@pytest.mark.parametrize("text", WORDS)
def test_tokens_are_cut_as_in_ewt(text: str) -> None:
    assert words(text) == WORDS[text]


@given(st.text(max_size=300))
def test_words_and_sentences_partition_the_text(text: str) -> None:
    seen = 0
    for start, end in split(text, 0, len(text)):
        assert seen <= start < end
        assert not text[seen:start].strip()
        seen = end
        at = start
        for low, high in tokens(text, (start, end)):
            assert at <= low < high <= end
            assert not text[at:low].strip()
            at = high
        assert not text[at:end].strip()
    assert not text[seen:].strip()
