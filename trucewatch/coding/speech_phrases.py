"""Sayings without a verb of saying: "according to X", "citing X", "reportedly", "there were reports that"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.speech_cues import RawSaying
from trucewatch.coding.speech_spans import clause_tokens, source_tokens, spans_of, without_front
from trucewatch.coding.speech_tables import SpeechTables
from trucewatch.language.phrases import base, children, children_with, path_up, subtree
from trucewatch.model import Sentence, Span

_ACCORDING = ("according", "per", "quoting", "citing")
_MODIFYING = ("compound", "amod", "flat", "nummod", "det", "advmod", "case")
_CLAUSAL = ("root", "conj", "advcl", "acl", "ccomp", "xcomp", "parataxis", "csubj")


def phrase_sayings(text: str, s: Sentence, verbs: Sequence[RawSaying], tables: SpeechTables) -> Iterator[RawSaying]:
    """The sayings by phrases, adverbs and nouns; `verbs` are those by verbs, which "citing" shares content with."""
    lowered = [t.text.lower() for t in s.tokens]
    for i, word in enumerate(lowered):
        found: RawSaying | None = None
        if word == "according" and lowered[i + 1 : i + 2] == ["to"]:
            found = _according(text, s, i, i + 2)
        elif word in ("citing", "quoting"):
            found = _citing(text, s, i, verbs)
        elif word in tables.adverbs:
            found = _adverb(text, s, i)
        elif word in ("became", "become", "emerged", "transpired"):
            found = _impersonal(text, s, i)
        elif s.tokens[i].upos == "NOUN" and form_in(s.tokens[i], tables.noun_cues) in tables.noun_cues:
            found = _by_noun(text, s, i, tables)
        if found is not None and found.content:
            yield found
    if not verbs:
        headline = _headline(text, s, tables)
        if headline is not None:
            yield headline


def _noun_after(s: Sentence, at: int) -> int:
    """The noun that heads the phrase beginning at a token: the topmost of the nearest ones, or -1."""
    for i in range(at, min(at + 12, len(s.tokens))):
        t = s.tokens[i]
        hyphened = i > 0 and s.tokens[i - 1].text in ("-", "‑")
        if t.text in (",", ";", ")", ":") or (t.upos == "VERB" and not hyphened):
            break
        if i + 1 < len(s.tokens) and s.tokens[i + 1].text in ("-", "‑"):
            continue
        modifies = base(t.dep) in _MODIFYING or t.dep == "nmod:poss"
        if t.upos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") and not modifies and t.xpos != "PRP$":
            return i
    return next(
        (i for i in range(at, min(at + 6, len(s.tokens))) if s.tokens[i].upos in ("NOUN", "PROPN", "PRON")),
        -1,
    )


def _according(text: str, s: Sentence, first: int, at: int) -> RawSaying | None:
    source = _noun_after(s, at)
    if source < 0:
        return None
    held = _rightward(s, [i for i in source_tokens(s, source) if i >= at])
    if held and held[0] - at <= 2:
        held = list(range(at, held[-1] + 1))
    cue: Span = (s.tokens[first].start, s.tokens[at - 1].end)
    content = spans_of(text, s, _told(s, first, held))
    return RawSaying(
        cue=(cue,), source=spans_of(text, s, held)[:1], content=content, cue_token=first, source_token=source
    )


def _rightward(s: Sentence, held: list[int]) -> list[int]:
    """The tokens of a name with the rest of it that a parse left outside ("United" "Nations")."""
    while held and held[-1] + 1 < len(s.tokens) and s.tokens[held[-1] + 1].upos == "PROPN":
        if s.tokens[held[-1]].upos not in ("PROPN", "ADJ"):
            break
        held = [*held, held[-1] + 1]
    return held


def _told(s: Sentence, first: int, held: Sequence[int]) -> list[int]:
    """What a source by phrase tells: the rest of its bracket, or the sentence around the phrase."""
    last = max(held, default=first)
    opened = max((i for i in range(first) if s.tokens[i].text == "("), default=-1)
    closed = next((i for i in range(last, len(s.tokens)) if s.tokens[i].text == ")"), len(s.tokens))
    if opened >= 0 and not any(s.tokens[i].text == ")" for i in range(opened, first)):
        inside = [i for i in range(opened + 1, closed) if not first <= i <= last]
        if any(s.tokens[i].text[0].isalnum() for i in inside):
            return inside
    relative = _relative(s, held)
    while last + 1 in relative:
        last += 1
    start, end = _stretch(s, first, last)
    inner = _inner_clause(s, first, last, held)
    tokens = [i for i in inner or range(start, end) if not first <= i <= last]
    return without_front(s, tokens)


def _inner_clause(s: Sentence, first: int, last: int, held: Sequence[int]) -> list[int]:
    """The clause within the sentence that a phrase in its middle stands in ("..., which according to X hit Y")."""
    rest = [t for t in s.tokens[last + 1 :] if t.upos != "PUNCT"]
    if first < 3 or not rest or not held:
        return []
    heads = [k for k in path_up(s, held[-1])[1:] if s.tokens[k].upos == "VERB"]
    if not heads or s.tokens[heads[0]].head < 0 or base(s.tokens[heads[0]].dep) not in ("acl", "ccomp", "advcl"):
        return []
    return subtree(s, heads[0])


def _relative(s: Sentence, held: Sequence[int]) -> set[int]:
    """Clauses and appositions that only say who the source is."""
    return {
        t
        for i in held
        for c in children(s, i)
        if c not in held and base(s.tokens[c].dep) in ("acl", "appos")
        for t in subtree(s, c)
    }


def _stretch(s: Sentence, first: int, last: int) -> tuple[int, int]:
    """The sentence around a phrase, cut at semicolons."""
    start = max((i + 1 for i in range(first) if s.tokens[i].text == ";"), default=0)
    end = next((i for i in range(last + 1, len(s.tokens)) if s.tokens[i].text == ";"), len(s.tokens))
    return start, end


def _citing(text: str, s: Sentence, i: int, verbs: Sequence[RawSaying]) -> RawSaying | None:
    """ "citing X": the content is that of the verb of saying beside it, else the clause around it."""
    source = _noun_after(s, i + 1)
    if source < 0:
        return None
    held = [k for k in source_tokens(s, source) if k > i]
    beside = [v for v in verbs if v.content and v.cue_token != i]
    above = path_up(s, i)
    near = [v for v in beside if v.cue_token in above or v.source_token in above]
    shared = near or ([min(beside, key=lambda v: abs(v.cue_token - i))] if len(beside) == 1 else [])
    content = shared[0].content if shared else spans_of(text, s, _told(s, i, held))
    return RawSaying(
        cue=((s.tokens[i].start, s.tokens[i].end),), source=spans_of(text, s, held)[:1], content=content,
        cue_token=i, source_token=source,
    )  # fmt: skip


def _adverb(text: str, s: Sentence, i: int) -> RawSaying | None:
    """ "reportedly": the clause it stands in, without the adverb."""
    head = s.tokens[i].head
    if head < 0:
        return None
    clause = next(
        (k for k in path_up(s, head) if s.tokens[k].upos == "VERB" or base(s.tokens[k].dep) in _CLAUSAL), head
    )
    if i == 0:
        tokens = [k for k in range(1, len(s.tokens)) if s.tokens[k].i != i]
    else:
        tokens = clause_tokens(s, clause, _apart(s, clause, i))
    content = spans_of(text, s, [k for k in tokens if k != i])
    return RawSaying(cue=((s.tokens[i].start, s.tokens[i].end),), source=(), content=content, cue_token=i, hearsay=True)


def _apart(s: Sentence, clause: int, i: int) -> set[int]:
    """Joined clauses with a subject of their own, which the adverb does not reach."""
    joined = children_with(s, clause, "conj", "parataxis")
    return {c for c in joined if children_with(s, c, "nsubj") and i not in subtree(s, c)}


def _impersonal(text: str, s: Sentence, i: int) -> RawSaying | None:
    """ "it became known that P", "it emerged that P"."""
    t = s.tokens[i]
    known = i + 1 < len(s.tokens) and s.tokens[i + 1].text.lower() in ("known", "clear", "apparent")
    if t.text.lower() in ("became", "become") and not known:
        return None
    before = [x.text.lower() for x in s.tokens[max(0, i - 3) : i]]
    if "it" not in before:
        return None
    last = i + 1 if known else i
    that = next((k for k in range(last + 1, min(last + 7, len(s.tokens))) if s.tokens[k].text.lower() == "that"), -1)
    if that < 0:
        return None
    content = spans_of(text, s, list(range(that, len(s.tokens))))
    cue = (t.start, s.tokens[last].end)
    return RawSaying(cue=(cue,), source=(), content=content, cue_token=i, hearsay=True)


def _by_noun(text: str, s: Sentence, i: int, tables: SpeechTables) -> RawSaying | None:
    """ "X's claim that P", "reports by X that P", "there were reports that P" (hearsay without a teller)."""
    clauses = [c for c in children_with(s, i, "acl", "ccomp") if c > i and _is_that_clause(s, c)]
    if not clauses:
        return None
    content = spans_of(text, s, subtree(s, clauses[0]))
    cue = ((s.tokens[i].start, s.tokens[i].end),)
    owner = _owner(s, i, clauses[0])
    if owner >= 0:
        held = [k for k in source_tokens(s, owner) if not clauses[0] <= k]
        source = spans_of(text, s, [k for k in held if s.tokens[k].text not in ("'s", "’s", "’", "'")])[:1]
        return RawSaying(cue=cue, source=source, content=content, cue_token=i, source_token=owner)
    if form_in(s.tokens[i], tables.hearsay_nouns) in tables.hearsay_nouns:
        return RawSaying(cue=cue, source=(), content=content, cue_token=i, hearsay=True)
    return None


def _is_that_clause(s: Sentence, c: int) -> bool:
    marks = {s.tokens[k].text.lower() for k in children_with(s, c, "mark")}
    return "that" in marks and bool(children_with(s, c, "nsubj", "expl", "csubj"))


def _owner(s: Sentence, i: int, clause: int) -> int:
    for c in children_with(s, i, "nmod"):
        cases = {s.tokens[k].text.lower() for k in children_with(s, c, "case")}
        if s.tokens[c].dep == "nmod:poss" or (cases & {"by", "from"} and c < clause):
            return c
    return -1


def _headline(text: str, s: Sentence, tables: SpeechTables) -> RawSaying | None:
    """ "UN: 12 killed in strike", "Strike kills 12: monitor": a teller set off by a colon in a line without a verb of
    saying. A place before the colon tells where, not who."""
    words = [t for t in s.tokens if t.upos != "PUNCT"]
    colons = [t.i for t in s.tokens if t.text == ":" or (t.text in "-–—" and text[t.start - 1 : t.start] == " ")]
    if not colons or len(words) < 4:
        return None
    first, last = colons[0], colons[-1]
    end = len(s.tokens)
    if 0 < first <= 4 and s.tokens[first].text == ":" and _tells(s, range(first), tables):
        held, told = list(range(first)), list(range(first + 1, end))
    elif end - 4 <= last < end - 1 and _tells(s, range(last + 1, end), tables) and last > 3:
        held, told = list(range(last + 1, end)), list(range(last))
    else:
        return None
    cue = (s.tokens[first if held[0] == 0 else last].start, s.tokens[first if held[0] == 0 else last].end)
    content = spans_of(text, s, told)
    head = next((i for i in held if s.tokens[i].head not in held), held[-1])
    return RawSaying(cue=(cue,), source=spans_of(text, s, held)[:1], content=content, cue_token=-1, source_token=head)


def _tells(s: Sentence, held: range, tables: SpeechTables) -> bool:
    """Whether a few words before or after a colon name a teller."""
    tokens = [s.tokens[i] for i in held if s.tokens[i].upos != "PUNCT"]
    if not tokens or any(t.upos in ("VERB", "NUM") for t in tokens):
        return False
    named = any(n.kind in ("organization", "person") and n.start in held for n in s.names)
    acronym = len(tokens) == 1 and tokens[0].text.isupper() and len(tokens[0].text) >= 2
    known = tables.class_nouns | tables.bodies
    return named or acronym or any(form_in(t, known) in known for t in tokens)
