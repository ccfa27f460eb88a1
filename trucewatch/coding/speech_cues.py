"""Sayings of one sentence: the verbs and phrases that hand what is told to somebody.

Rules over the tree first ("X said that P", "P, X said", "X accused Y"), the surface where the tree does not help
(no commas, a quotation after a colon), the language model's own sayings for what both missed (speech.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.speech_content import content_of
from trucewatch.coding.speech_spans import clause_tokens, spans_of, teller_tokens
from trucewatch.coding.speech_tables import SpeechTables
from trucewatch.language.phrases import (
    base,
    children,
    children_with,
    is_passive,
    negated,
    passive_agent,
    path_up,
    subject,
    subtree,
)
from trucewatch.model import Sentence, Span, Token

_ADDING = ("add", "note", "stress")
_TELLING = ("say", "tell", "state", "report", "announce", "add")
_RELAYING = ("quote", "cite")
_NOMINAL = ("DET", "ADJ", "NOUN", "PROPN", "NUM")
_SPEAKING = ("NOUN", "PROPN", "PRON", "NUM", "DET", "X")
_FINITE = ("VBD", "VBZ", "VBP")


@dataclass(frozen=True, slots=True)
class RawSaying:
    """A saying as found: stretches of cue, source and content, the tokens behind them, whether hearsay."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    cue_token: int
    source_token: int = -1
    hearsay: bool = False


def mended(s: Sentence, tables: SpeechTables) -> Sentence:
    """The sentence with "X denied that P and accused Y" joined at the verbs of saying, not inside P.

    A finite verb of saying that a parse joins to the verb of the content, without a subject of its own and in
    another form than that verb, is the teller's next verb.
    """
    heads = dict[int, int]()
    for t in s.tokens:
        if base(t.dep) != "conj" or t.xpos not in _FINITE or form_in(t, tables.cues) not in tables.cues:
            continue
        inner = s.tokens[t.head]
        outer = next(
            (s.tokens[i] for i in path_up(s, t.head)[1:] if form_in(s.tokens[i], tables.cues) in tables.cues),
            None,
        )
        apart = inner.xpos != t.xpos or base(inner.dep) != "conj"
        if outer is not None and outer.xpos == t.xpos and apart and not children_with(s, t.i, "nsubj"):
            heads[t.i] = outer.i
    if not heads:
        return s
    tokens = tuple(_rehung(t, heads) for t in s.tokens)
    return replace(s, tokens=tokens)


def _rehung(t: Token, heads: dict[int, int]) -> Token:
    return replace(t, head=heads[t.i]) if t.i in heads else t


def verb_sayings(text: str, s: Sentence, tables: SpeechTables) -> Iterator[RawSaying]:
    """The sayings by a verb of saying, in the order of the verbs."""
    for t in s.tokens:
        if t.upos not in ("VERB", "AUX"):
            continue
        lemma = form_in(t, tables.cues)
        if lemma not in tables.cues:
            lemma = form_in(t, tables.passive)
            if lemma in tables.passive and is_passive(s, t.i) and passive_agent(s, t.i) < 0:
                hearsay = _hearsay_passive(text, s, t, lemma, tables)
                if hearsay is not None:
                    yield hearsay
            continue
        if base(t.dep) in ("amod", "aux", "compound", "case", "fixed"):
            continue
        found = _by_verb(text, s, t, lemma, tables)
        if found is not None:
            yield found


def _by_verb(text: str, s: Sentence, t: Token, lemma: str, tables: SpeechTables) -> RawSaying | None:
    if negated(s, t.i) and lemma not in tables.denial:
        return None
    if t.xpos == "VB" and unsaid(s, t):
        return None
    passive = is_passive(s, t.i) and not _finite_after_all(s, t)
    source = _source(s, t, lemma, passive)
    if passive and lemma in _RELAYING and passive_agent(s, t.i) < 0:
        return None  # "was quoted as saying": the saying itself tells it
    if passive and source < 0:
        return _hearsay_passive(text, s, t, lemma, tables)
    if source < 0:
        source = _before_cue(s, t)
    held = teller_tokens(s, source, t.i) if source >= 0 else []
    if held and not any(s.tokens[i].upos in _SPEAKING for i in held):
        source = _before_cue(s, t)
        held = teller_tokens(s, source, t.i) if source >= 0 else []
    tokens = content_of(s, t, lemma, held, tables)
    apart = set() if lemma in tables.relay else _added(s, t, tables)
    content = spans_of(text, s, [i for i in tokens if i not in held and i != t.i and i not in apart])
    if not content or (source < 0 and not _teller_elided(t)):
        return None
    return RawSaying(
        cue=((t.start, t.end),),
        source=spans_of(text, s, held)[:1],
        content=content,
        cue_token=t.i,
        source_token=source,
    )


def unsaid(s: Sentence, t: Token) -> bool:
    """Whether a verb of saying is only meant, asked or refused ("to deny them", "expected to announce")."""
    marked = any(s.tokens[c].text.lower() == "to" for c in children_with(s, t.i, "mark"))
    above = s.tokens[t.head].text.lower() if t.head >= 0 else ""
    return marked and above not in ("went", "go", "continued", "had")


def _finite_after_all(s: Sentence, t: Token) -> bool:
    """Whether what is parsed as a passive participle is a teller's finite verb ("state TV reported that")."""
    helped = any(base(s.tokens[c].dep) in ("aux", "expl") for c in children(s, t.i))
    if helped or passive_agent(s, t.i) >= 0:
        return False
    tells = any(c > t.i for c in children_with(s, t.i, "ccomp"))
    before = s.tokens[t.i - 1] if t.i else None
    named = before is not None and before.upos in ("PROPN", "NOUN", "PRON") and t.i > 4
    return tells or (named and t.i >= len(s.tokens) - 8)


def _before_cue(s: Sentence, t: Token) -> int:
    """The noun right before a finite verb of saying that the tree gave no subject, or right after ", said"."""
    if not t.i or t.xpos in ("VBG", "VB"):
        return -1
    at = t.i - 1
    if s.tokens[at].text in (")", "]"):  # "the Observatory (SOHR) said"
        at = max((i for i in range(at) if s.tokens[i].text in ("(", "[")), default=0) - 1
    if at >= 0 and s.tokens[at].upos in ("PROPN", "NOUN", "PRON") and not _inverted(s, t):
        return at
    return _noun_run(s, t) if _inverted(s, t) or s.tokens[t.i - 1].text in (",", "”", '"', "’") else -1


def _inverted(s: Sentence, t: Token) -> bool:
    """Whether the teller follows its verb ("were killed said the head of the Observatory")."""
    run = _noun_run(s, t)
    after = next((x for x in s.tokens[max(run, t.i) + 1 :] if x.upos not in _NOMINAL), None)
    ended = after is None or after.upos in ("PUNCT", "PRON", "ADP", "SCONJ") or after.xpos == "VBG"
    verbal = any(x.xpos in ("VBD", "VBZ", "VBP", "VBN") for x in s.tokens[: t.i])
    return run >= 0 and ended and verbal and t.text.lower() in ("said", "says", "told", "added", "reported")


def _noun_run(s: Sentence, t: Token) -> int:
    """The first noun of the phrase right after a verb, or -1."""
    for x in s.tokens[t.i + 1 : t.i + 6]:
        if x.upos in ("NOUN", "PROPN"):
            return x.i
        if x.upos not in _NOMINAL:
            return -1
    return -1


def _added(s: Sentence, t: Token, tables: SpeechTables) -> set[int]:
    """The tokens of ", adding that Q" inside what is said: a saying of its own by the same teller."""
    return {
        i
        for other in s.tokens
        if other.i != t.i and other.xpos == "VBG" and base(other.dep) == "advcl"
        and form_in(other, tables.cues) in tables.cues and t.i in path_up(s, other.i)
        and children_with(s, other.i, "ccomp")
        for i in subtree(s, other.i)
    }  # fmt: skip


def _teller_elided(t: Token) -> bool:
    """Whether a saying without a subject may stand ("..., adding that", a headline's "says")."""
    return base(t.dep) in ("root", "advcl", "conj", "parataxis", "acl")


def _source(s: Sentence, t: Token, lemma: str, passive: bool) -> int:
    """The token that heads the source of a verb of saying, or -1."""
    found = _enclosed_teller(s, t) if not passive else -1
    found = found if found >= 0 else _grammatical(s, t, lemma, passive)
    speaks = found >= 0 and s.tokens[found].upos in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X")
    return found if speaks and found != t.i else -1


def _enclosed_teller(s: Sentence, t: Token) -> int:
    """The noun of an insert between commas (", locals allege,"), whatever the tree makes of it; -1 elsewhere."""
    if t.i < 3 or t.i + 1 >= len(s.tokens) or s.tokens[t.i + 1].text != "," or t.xpos not in _FINITE:
        return -1
    noun = s.tokens[t.i - 1]
    start = noun.i
    while start > 1 and s.tokens[start - 1].upos in ("DET", "ADJ", "NOUN", "PROPN", "ADP"):
        start -= 1
    return noun.i if noun.upos in ("NOUN", "PROPN") and s.tokens[start - 1].text == "," and start > 1 else -1


def _grammatical(s: Sentence, t: Token, lemma: str, passive: bool) -> int:
    if passive:
        return subject(s, t.i) if lemma in _RELAYING else passive_agent(s, t.i)
    own = [c for c in children_with(s, t.i, "nsubj") if s.tokens[c].dep != "nsubj:pass"]
    if own:
        return _antecedent(s, t, _one_of(s, t, own))
    added = t.xpos == "VBG" and form_in(t, _ADDING) in _ADDING
    if (base(t.dep) in ("advcl", "xcomp") and t.xpos in ("VBG", "VB")) or added:
        return _participle_source(s, t)
    if base(t.dep) == "acl" and t.xpos in ("VBG", "VBN", "VBD"):
        return t.head
    return subject(s, t.i)


def _one_of(s: Sentence, t: Token, own: list[int]) -> int:
    """The teller among several subjects that a parse gave: the one after ", says", else the first of those that
    commas or "and" join, else the name nearest to the verb."""
    later = [c for c in own if c > t.i]
    if later and (later == own or s.tokens[t.i - 1].text in (",", "”", '"')):
        return later[0]
    before = [c for c in own if c < t.i]
    between = s.tokens[before[0] : before[-1]]
    if any(x.upos == "VERB" and x.xpos != "VBG" for x in between):
        return before[-1]
    if any(x.upos == "CCONJ" for x in between) or s.tokens[t.i - 1].text == ",":
        return before[0]
    return min(before, key=lambda c: (s.tokens[c].upos != "PROPN", -c))


def _antecedent(s: Sentence, t: Token, own: int) -> int:
    relative = s.tokens[own].lemma.lower() in ("who", "which", "that")
    return t.head if relative and base(t.dep) == "acl" and t.head >= 0 else own


def _participle_source(s: Sentence, t: Token) -> int:
    """Whose participle it is: "X said P, adding that Q", "X fled, saying that", "A quoted B as saying"."""
    above = s.tokens[t.head]
    if form_in(above, _RELAYING) in _RELAYING:
        objects = children_with(s, above.i, "obj")
        if objects and not is_passive(s, above.i):
            return objects[0]
    before = [x for x in s.tokens[: t.i] if form_in(x, _TELLING) in _TELLING and x.xpos != "VBG"]
    teller = _source(s, before[-1], form_in(before[-1], _TELLING), False) if before else -1
    if teller >= 0 and form_in(t, _ADDING) in _ADDING:
        return teller
    return subject(s, above.i)


def _hearsay_passive(text: str, s: Sentence, t: Token, lemma: str, tables: SpeechTables) -> RawSaying | None:
    """ "it was reported that P", "is said to have fled", "ten were reported killed": told without a teller."""
    if lemma not in tables.passive | tables.blame or negated(s, t.i):
        return None
    clauses = children_with(s, t.i, "ccomp", "csubj")
    if clauses:
        tokens = [i for c in clauses for i in subtree(s, c)]
    elif children_with(s, t.i, "xcomp") or (
        lemma in ("report", *tables.blame) and base(t.dep) in ("root", "conj", "parataxis", "ccomp")
    ):
        tokens = clause_tokens(s, t.i, ())
    else:
        return None
    cue = [i for i in children(s, t.i) if base(s.tokens[i].dep) in ("aux", "expl") and i < t.i]
    content = spans_of(text, s, [i for i in tokens if i not in (*cue, t.i)])
    return (
        RawSaying(cue=((t.start, t.end),), source=(), content=content, cue_token=t.i, hearsay=True) if content else None
    )
