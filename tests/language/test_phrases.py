"""Questions to trees that were built by hand."""

from __future__ import annotations

import pytest

from trucewatch.language import phrases
from trucewatch.model import Sentence, Token


def sentence(rows: str) -> Sentence:
    """Build a sentence from lines of `word upos xpos head dep`; heads count words from 1, 0 is the root."""
    tokens = []
    at = 0
    for i, row in enumerate(rows.strip().splitlines()):
        word, upos, xpos, head, dep = row.split()
        tokens.append(Token(i, at, at + len(word), word, word.lower(), upos, xpos, int(head) - 1, dep))
        at += len(word) + 1
    return Sentence(0, at - 1, tuple(tokens))


def find(s: Sentence, word: str) -> int:
    return next(t.i for t in s.tokens if t.text == word)


def said(s: Sentence, span: tuple[int, int]) -> str:
    return " ".join(t.text for t in s.tokens[span[0] : span[1]])


ACTIVE = sentence("""
Government NOUN NN 2 compound
forces NOUN NNS 6 nsubj
, PUNCT , 4 punct
who PRON WP 5 nsubj
advanced VERB VBD 2 acl:relcl
shelled VERB VBD 0 root
the DET DT 8 det
town NOUN NN 6 obj
of ADP IN 10 case
Daraya PROPN NNP 8 nmod
and CCONJ CC 12 cc
killed VERB VBD 6 conj
12 NUM CD 14 nummod
civilians NOUN NNS 12 obj
and CCONJ CC 16 cc
medics NOUN NNS 14 conj
. PUNCT . 6 punct
""")

PASSIVE = sentence("""
Ten NUM CD 2 nummod
soldiers NOUN NNS 5 nsubj:pass
were AUX VBD 5 aux:pass
not PART RB 5 advmod
killed VERB VBN 0 root
by ADP IN 8 case
the DET DT 8 det
rebels NOUN NNS 5 obl:agent
. PUNCT . 5 punct
""")

REDUCED = sentence("""
Civilians NOUN NNS 0 root
killed VERB VBN 1 acl
by ADP IN 4 case
shells NOUN NNS 2 obl
""")


def test_children_and_subtree() -> None:
    town = find(ACTIVE, "town")
    assert phrases.children(ACTIVE, town) == [find(ACTIVE, "the"), find(ACTIVE, "Daraya")]
    assert [ACTIVE.tokens[i].text for i in phrases.subtree(ACTIVE, town)] == ["the", "town", "of", "Daraya"]
    assert phrases.subtree(ACTIVE, town, frozenset({find(ACTIVE, "Daraya")})) == [6, 7]


def test_phrase_leaves_out_the_relative_clause() -> None:
    assert said(ACTIVE, phrases.phrase_span(ACTIVE, 1)) == "Government forces"
    assert said(ACTIVE, phrases.phrase_span(ACTIVE, find(ACTIVE, "town"))) == "the town of Daraya"
    assert said(ACTIVE, phrases.phrase_span(ACTIVE, find(ACTIVE, "Daraya"))) == "Daraya"
    assert said(ACTIVE, phrases.phrase_span(ACTIVE, find(ACTIVE, "civilians"))) == "12 civilians"


@pytest.mark.parametrize("s", [ACTIVE, PASSIVE, REDUCED])
def test_a_phrase_holds_its_head(s: Sentence) -> None:
    for t in s.tokens:
        start, end = phrases.phrase_span(s, t.i)
        assert start <= t.i < end


def test_subject_is_shared_by_conjuncts_and_relatives() -> None:
    assert phrases.subject(ACTIVE, find(ACTIVE, "shelled")) == 1
    assert phrases.subject(ACTIVE, find(ACTIVE, "killed")) == 1
    assert phrases.subject(ACTIVE, find(ACTIVE, "advanced")) == 1
    assert phrases.subject(REDUCED, 1) == -1


def test_objects_hold_conjuncts_and_passive_subjects() -> None:
    texts = [ACTIVE.tokens[i].text for i in phrases.objects(ACTIVE, find(ACTIVE, "killed"))]
    assert texts == ["civilians", "medics"]
    assert phrases.objects(PASSIVE, find(PASSIVE, "killed")) == [1]
    assert phrases.objects(REDUCED, 1) == [0]


def test_passive_and_its_agent() -> None:
    assert phrases.is_passive(PASSIVE, 4)
    assert phrases.passive_agent(PASSIVE, 4) == find(PASSIVE, "rebels")
    assert phrases.is_passive(REDUCED, 1)
    assert phrases.passive_agent(REDUCED, 1) == find(REDUCED, "shells")
    assert not phrases.is_passive(ACTIVE, find(ACTIVE, "shelled"))
    assert phrases.passive_agent(ACTIVE, find(ACTIVE, "shelled")) == -1


def test_negation_belongs_to_its_verb() -> None:
    assert phrases.negated(PASSIVE, 4)
    assert not phrases.negated(ACTIVE, find(ACTIVE, "shelled"))


def test_roots_paths_and_spans() -> None:
    assert phrases.root_of(ACTIVE) == find(ACTIVE, "shelled")
    assert phrases.root_of(Sentence(0, 0, ())) == -1
    assert phrases.path_up(ACTIVE, find(ACTIVE, "Daraya")) == [9, 7, 5]
    assert phrases.head_of_span(ACTIVE, (6, 10)) == 7
    assert phrases.head_of_span(ACTIVE, (3, 3)) == -1


def test_token_at_an_offset() -> None:
    for t in ACTIVE.tokens:
        assert phrases.token_at(ACTIVE, t.start) == t.i
        assert phrases.token_at(ACTIVE, t.end - 1) == t.i
    assert phrases.token_at(ACTIVE, ACTIVE.tokens[0].end) == -1
    assert phrases.token_at(ACTIVE, 10_000) == -1
