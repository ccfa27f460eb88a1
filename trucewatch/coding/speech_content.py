"""What is said, for a verb of saying whose teller is known: by the tree, and by the order of the words.

after     "X said (on Monday) that P"         from the clause's first word after the verb
before    "P, X said on Monday."              all of the sentence before the teller
around    "P1, X said, P2"                    both pieces
of blame  "X accused Y of P"                  what follows the verb in its clause
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.count_heads import lookup
from trucewatch.coding.speech_spans import clause_tokens, without_front
from trucewatch.coding.speech_tables import SpeechTables
from trucewatch.language.phrases import (
    base,
    children,
    children_with,
    is_passive,
    objects,
    passive_agent,
    subtree,
)
from trucewatch.model import Sentence, Token

QUOTES = "“”\"‘’'«»„"
_OPENERS = ("“", '"', "„", "«", "‘", "``")
_DOUBLE = ("“", "”", '"', "„", "«", "»", "``", "''")
#: A teller who closes a sentence is followed by at most this many words ("... said on Wednesday in Cairo").
TAIL = 12


def content_of(s: Sentence, t: Token, lemma: str, held: Sequence[int], tables: SpeechTables) -> list[int]:
    """The tokens of what is said; `held` are those of the teller. Empty where the words tell none."""
    if lemma in tables.blame:
        return _passive_blame(s, t) if is_passive(s, t.i) else _blamed(s, t)
    if lemma in tables.relay:
        return _relayed(s, t, held)
    if is_passive(s, t.i) and passive_agent(s, t.i) >= 0 and not children_with(s, t.i, "ccomp"):
        return _passive_object(s, t) if lemma not in tables.clause_only else []
    found = (
        _enclosed(s, t, held)
        or _inserted(s, t, held)
        or _clause(s, t, held, lemma, tables)
        or _complement(s, t, lemma, tables)
        or _by_order(s, t, held, lemma, tables)
    )
    if lemma in tables.clause_only and not any(_is_finite(s, i) or s.tokens[i].text in _DOUBLE for i in found):
        return found if lemma in tables.nominal | {"put"} else []
    return found if len(found) > 1 or lemma in tables.nominal else []


def _passive_blame(s: Sentence, t: Token) -> list[int]:
    """Who is blamed in a passive and for what ("The governor was accused by the opposition of arming militias")."""
    agent = passive_agent(s, t.i)
    apart = {agent, *(c for c in children(s, t.i) if base(s.tokens[c].dep) in ("aux", "conj", "parataxis"))}
    return [i for i in clause_tokens(s, t.i, apart) if i != t.i]


def _passive_object(s: Sentence, t: Token) -> list[int]:
    """What is told of in a passive with its teller ("a claim denied by the army")."""
    tokens = [i for o in objects(s, t.i)[:1] for i in subtree(s, o, frozenset({t.i})) if i < t.i]
    return tokens[1:] if tokens and s.tokens[tokens[0]].upos == "ADP" else tokens


def _last_word(s: Sentence) -> int:
    last = len(s.tokens) - 1
    while last > 0 and s.tokens[last].upos == "PUNCT" and s.tokens[last].text not in ("”", '"', "’", "'", ")", "''"):
        last -= 1
    return last


def _enclosed(s: Sentence, t: Token, held: Sequence[int]) -> list[int]:
    """What is said around a teller and verb that stand between two commas ("The road, residents said, is open")."""
    if not held or max([t.i, *held]) - min([t.i, *held]) != len(held):
        return []
    first, last = min([t.i, *held]), max([t.i, *held])
    if first < 2 or last + 2 >= len(s.tokens) or s.tokens[first - 1].text != "," or s.tokens[last + 1].text != ",":
        return []
    if s.tokens[last + 2].xpos == "VBG" or s.tokens[last + 2].upos == "CCONJ":
        return []
    start = max((i + 1 for i in range(first) if s.tokens[i].text == ";"), default=0)
    opening = without_front(s, list(range(start, first - 1)))
    later = list(range(last + 2, _last_word(s) + 1))
    return [*opening, *later] if any(_names(s.tokens[i]) for i in opening) else later


def _names(t: Token) -> bool:
    """Whether a token before an insert belongs to what is said, and is no mere adverbial."""
    return base(t.dep) in ("nsubj", "root", "csubj", "obj", "expl", "ccomp", "parataxis") or t.upos in (
        "VERB",
        "AUX",
    )


def _clause(s: Sentence, t: Token, held: Sequence[int], lemma: str, tables: SpeechTables) -> list[int]:
    """The clause that hangs on the verb as what is said."""
    clauses = [c for c in children_with(s, t.i, "ccomp") if _tells(s, c) and not _bidden(s, c, lemma)]
    if not clauses:
        return []
    tokens = sorted({i for c in clauses for i in subtree(s, c, frozenset({t.i}))} - set(held))
    ends = next((i for i in range(t.i, len(s.tokens)) if _ends(s, i)), len(s.tokens))
    later = [i for i in tokens if t.i < i < ends]
    earlier = [i for i in tokens if i < min([t.i, *held])]
    if clauses[0] < t.i:
        return _before(s, t, held, earlier, later)
    return _from_first(s, t, later, held) if later else []


def _ends(s: Sentence, i: int) -> bool:
    """Whether what one teller says ends at a token: at a semicolon, or before ", while the other side ..."."""
    following = s.tokens[i + 1].text.lower() if i + 1 < len(s.tokens) else ""
    return s.tokens[i].text == ";" or (s.tokens[i].text == "," and following in ("while", "whereas"))


def _bidden(s: Sentence, c: int, lemma: str) -> bool:
    """Whether a clause is what somebody is told to do ("told villagers to leave")."""
    marks = {s.tokens[k].text.lower() for k in children_with(s, c, "mark")}
    return lemma in ("tell", "warn", "remind") and "to" in marks


def _tells(s: Sentence, c: int) -> bool:
    """Whether a clause can be what is said: it holds a verb, or more than a name."""
    tokens = subtree(s, c)
    return len(tokens) > 1 and any(s.tokens[i].upos not in ("PROPN", "DET", "PUNCT", "PRON") for i in tokens)


def _from_first(s: Sentence, t: Token, later: Sequence[int], held: Sequence[int]) -> list[int]:
    """The clause's tokens after the verb in one run, begun earlier where a parse left its first words out."""
    start = later[0]
    gap = [s.tokens[i] for i in range(t.i + 1, start) if i not in held]
    that = next((i for i in later[:8] if s.tokens[i].text.lower() == "that" and s.tokens[i].upos == "SCONJ"), start)
    remark = s.tokens[t.i + 1].text == "," and s.tokens[that - 1].text == ","
    if remark or not any(s.tokens[i].upos in ("VERB", "AUX", "PUNCT") for i in range(start, that)):
        start = that
    left_out = any(g.upos == "AUX" or g.dep == "expl" for g in gap) and not any(g.text == "," for g in gap)
    if left_out or (gap and gap[-1].text in _OPENERS):
        start = next((g.i for g in gap if g.upos not in ("PUNCT", "ADV") or g.text in _OPENERS), start)
    if form_in(t, ("tell", "inform")) in ("tell", "inform"):
        start = _past_addressee(s, t, start)
    return [i for i in range(start, later[-1] + 1) if i not in held]


def _past_addressee(s: Sentence, t: Token, start: int) -> int:
    """The first token of what is said after a named addressee ("told Reuters the road was cut")."""
    at = start + 1 if s.tokens[start].text == "The" and s.tokens[start + 1].upos in ("PROPN", "ADJ") else start
    start_of_name = at
    while at == start_of_name or s.tokens[at].upos == "PROPN":
        if s.tokens[at].upos not in ("PROPN", "ADJ") or at - t.i > 5 or at + 2 >= len(s.tokens):
            return start
        at += 1
    opens = s.tokens[at].upos in ("DET", "PRON", "NUM", "SCONJ") or s.tokens[at].text in _OPENERS
    return at if opens else start


def _before(s: Sentence, t: Token, held: Sequence[int], earlier: Sequence[int], later: Sequence[int]) -> list[int]:
    """What stands before its teller: all from the sentence's beginning, and what goes on after a comma."""
    first = min([t.i, *held])
    start = max((i + 1 for i in range(first) if s.tokens[i].text == ";"), default=0)
    opening = without_front(s, list(range(start, first)))
    resumed = [i for i in later if i > t.i] if _resumes(s, t, held) else []
    return [*opening, *resumed] if opening else list(earlier)


def _resumes(s: Sentence, t: Token, held: Sequence[int]) -> bool:
    """Whether what is said goes on after its teller: after a comma, and not as a remark on the teller."""
    last = max([t.i, *held])
    following = [s.tokens[i] for i in range(last + 1, min(last + 3, len(s.tokens)))]
    if not following or following[0].text not in (",", *_DOUBLE):
        return False
    return len(following) > 1 and following[1].xpos != "VBG"


def _inserted(s: Sentence, t: Token, held: Sequence[int]) -> list[int]:
    """What is said around or before "residents said", "as the army put it" that stands in it."""
    if t.head < 0 or base(t.dep) not in ("parataxis", "advcl", "dep", "discourse", "ccomp"):
        return []
    marks = {s.tokens[c].text.lower() for c in children_with(s, t.i, "mark", "advmod")}
    as_told = base(t.dep) == "advcl" and "as" in marks and not t.text.lower().endswith("ing")
    if base(t.dep) in ("advcl", "ccomp", "dep") and not as_told:
        return []
    if not as_told and any(c > t.i for c in children_with(s, t.i, "ccomp", "obj")):
        return []
    if t.i < t.head and not _set_off(s, t):
        return []
    if any(s.tokens[i].text == ";" for i in range(min(t.i, t.head), max(t.i, t.head))):
        return []
    whole = clause_tokens(s, t.head, {t.i})
    later = [i for i in whole if i > max([t.i, *held])]
    if t.head > t.i:
        return [i for i in whole if i not in held and s.tokens[i].text.lower() != "as"]
    earlier = [i for i in whole if i < min([t.i, *held])]
    return _before(s, t, held, earlier, later)


def _set_off(s: Sentence, t: Token) -> bool:
    """Whether a comma or quote closes an insert on its right."""
    last = max(subtree(s, t.i), default=t.i)
    return any(s.tokens[i].text in (",", *QUOTES, ":") for i in (last, last + 1) if i < len(s.tokens))


def _complement(s: Sentence, t: Token, lemma: str, tables: SpeechTables) -> list[int]:
    """What is said as an open complement, a quotation loosely joined, or a noun ("announced the extension")."""
    for c in children_with(s, t.i, "xcomp"):
        if (s.tokens[c].xpos != "VBG" or lemma in tables.denial) and lemma not in tables.clause_only and c > t.i:
            return subtree(s, c)
    joined = [c for c in children_with(s, t.i, "parataxis") if len(subtree(s, c)) > 2 and c > t.i]
    if joined and _colon_or_quote(s, t.i, joined[0]):
        return subtree(s, joined[0])
    if lemma not in tables.nominal and lemma != "put":
        return []
    heads = [c for c in children_with(s, t.i, "obj") if c > t.i]
    heads = [c for c in heads if s.tokens[c].upos != "PRON" or lemma in tables.denial]
    if lemma == "put":
        heads = [c for c in heads if lookup(s.tokens[c]) in ("number", "figure", "toll", "count", "total")]
        return _to_comma(s, min(subtree(s, heads[0]))) if heads else []
    tokens = {i for c in heads for i in subtree(s, c) if i > t.i}
    after = [c for c in children_with(s, t.i, "obl") if heads and c > heads[-1] and s.tokens[c].dep == "obl"]
    return sorted({*tokens, *(i for c in after[:1] for i in subtree(s, c))}) if tokens else []


def _to_comma(s: Sentence, start: int) -> list[int]:
    end = next((i for i in range(start, len(s.tokens)) if s.tokens[i].text in (",", ";")), _last_word(s) + 1)
    return list(range(start, end))


def _colon_or_quote(s: Sentence, start: int, end: int) -> bool:
    return any(x.text == ":" or x.text in _DOUBLE for x in s.tokens[start + 1 : end + 1])


def _by_order(s: Sentence, t: Token, held: Sequence[int], lemma: str, tables: SpeechTables) -> list[int]:
    """What is said by the order of the words, where the tree does not tell."""
    last = _last_word(s)
    opener = _opener_after(s, t, held)
    if opener is not None:
        tokens = list(range(opener, last + 1))
        return tokens if len(tokens) > 2 else []
    if lemma in tables.clause_only or (not held and not t.text.lower().endswith("ing")):
        return []
    after = _rest_clause(s, t, held, last)
    if after or not held:
        return after
    first = min(held)
    beside = max(held) == t.i - 1 or all(s.tokens[i].upos in ("AUX", "ADV") for i in range(max(held) + 1, t.i))
    comma = next((i for i in range(t.i + 1, last + 1) if s.tokens[i].text in (",", ";")), last + 1)
    enclosed = first > 0 and s.tokens[first - 1].text in (",", *_DOUBLE)
    end = comma if enclosed else last + 1
    tail = end - t.i <= TAIL and not any(_is_finite(s, i) for i in range(t.i + 1, end))
    if first < t.i and beside and tail and any(_is_finite(s, i) for i in range(first)):
        return _before(s, t, held, list(range(first)), [])
    if min(held) == t.i + 1 and t.i >= 3 and s.tokens[t.i - 1].text in (",", *_DOUBLE):
        return _before(s, t, held, list(range(t.i)), [])
    return []


def _rest_clause(s: Sentence, t: Token, held: Sequence[int], last: int) -> list[int]:
    """The clause that follows the verb at once, where the tree hangs it elsewhere ("saying its troops were away")."""
    beside = t.text.lower().endswith("ing") or (bool(held) and max(held) == t.i - 1)
    end = next((i for i in range(t.i, len(s.tokens)) if _ends(s, i)), last + 1)
    following = s.tokens[t.i + 1 : end]
    if not beside or len(following) < 3 or following[0].upos not in ("DET", "PRON", "NOUN", "PROPN", "NUM"):
        return []
    subject_first = any(_is_finite(s, x.i) for x in following[1:7])
    return list(range(t.i + 1, min(end, last + 1))) if subject_first else []


def _is_finite(s: Sentence, i: int) -> bool:
    t = s.tokens[i]
    return t.upos in ("VERB", "AUX") and (t.xpos in ("VBD", "VBZ", "VBP", "MD", "VBN"))


def _opener_after(s: Sentence, t: Token, held: Sequence[int]) -> int | None:
    """The token after the verb (or an inverted teller) that opens what is said: "that", a colon, a quote."""
    at = t.i + 1
    for i in range(at, min(at + 9, len(s.tokens))):
        token = s.tokens[i]
        if token.text == ":" and i + 1 < len(s.tokens):
            return i + 1
        if token.text in _OPENERS and (token.text != '"' or _opens(s, i)):
            return i
        if token.text.lower() == "that" and token.upos == "SCONJ":
            return i
        if i not in held and token.upos in ("VERB", "AUX", "CCONJ", "PUNCT"):
            return None
    return None


def _opens(s: Sentence, i: int) -> bool:
    """Whether a straight quote at a token opens a quotation: an even number stand before it."""
    return sum(x.text == '"' for x in s.tokens[:i]) % 2 == 0


def _blamed(s: Sentence, t: Token) -> list[int]:
    """What follows "blamed" or "accused" in its own clause."""
    objects = [c for c in children_with(s, t.i, "obj") if c > t.i]
    if not objects:
        return []
    heads = [c for c in children_with(s, t.i, "obj", "obl", "advcl", "xcomp", "iobj", "ccomp") if c > t.i]
    tokens = sorted({i for c in heads for i in subtree(s, c) if i > t.i})
    start = min(i for i in subtree(s, objects[0]) if i > t.i)
    return [i for i in tokens if i >= start]


def _relayed(s: Sentence, t: Token, held: Sequence[int]) -> list[int]:
    """What somebody who is cited or quoted says: "quoted X as saying P"."""
    for i in range(t.i + 1, min(t.i + 25, len(s.tokens))):
        if s.tokens[i].text.lower() in ("saying", "stating", "telling"):
            clauses = [c for c in children(s, i) if base(s.tokens[c].dep) in ("ccomp", "parataxis") and c > i]
            if clauses:
                return list(range(i + 1, max(subtree(s, clauses[0])) + 1))
            last = _last_word(s)
            return list(range(i + 1, last + 1)) if last > i + 2 else []
    if form_in(t, ("quote",)) == "quote":
        opener = _opener_after(s, t, held)
        return list(range(opener, _last_word(s) + 1)) if opener is not None else []
    return []
