"""What a number counts: the noun it belongs to, and the neutral class of whom (or what) it counts."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.count_numbers import Quantity
from trucewatch.coding.count_tables import Tables
from trucewatch.language.phrases import base, children
from trucewatch.model import Sentence, Token

#: How far right of a number its noun may stand, in tokens.
REACH = 8
_SKIPPED = ("ADJ", "ADV", "PROPN", "NOUN", "VERB", "DET", "ADP", "PART")
#: Relations by which a number hangs on what it counts.
_COUNTING = ("nummod", "det", "amod", "compound", "advmod", "dep", "nmod", "case")
_BREAKS = ("including", "among", "mostly", "mainly", "(", ")", ";", ":", "with")
_NOBODY = (("nobody",), ("no", "one"), ("none",), ("no-one",), ("no", "-", "one"))
_ONE = ("1", "one", "a", "an", "another", "no")
_JOINING = ("-", "‘", "’", "'", '"', "“", "”", "’s", "'s")
_VAGUE_HEADS = ("few", "many", "most", "several", "some", "half", "majority", "third")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the token that stands for it in the tree, its noun (-1 if elided), class and kind."""

    first: int  # first token of the number
    head: int  # token whose place in the tree tells what happened
    noun: int  # token of the noun, -1 where it is elided
    last: int  # last token of the wording
    who: str | None  # neutral class, of persons
    thing: str | None  # class, of things
    partitive: bool = False


def singular(word: str) -> str:
    """A plain singular of a lower-case noun, for look-up only."""
    irregular = {
        "men": "man", "women": "woman", "children": "child", "policemen": "policeman", "gunmen": "gunman",
        "servicemen": "serviceman", "militiamen": "militiaman", "fishermen": "fisherman", "guardsmen": "guardsman",
        "lives": "lives", "feet": "foot", "bodies": "body", "families": "family", "casualties": "casualty",
        "fatalities": "fatality", "injuries": "injury", "babies": "baby", "passersby": "passer-by",
        "mujahidin": "mujahideen", "aircraft": "aircraft", "cameramen": "cameraman", "buses": "bus",
        "police": "police", "airmen": "airman", "refugees": "refugee", "losses": "loss",
    }  # fmt: skip
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def lookup(token: Token) -> str:
    """The word under which a token stands in the tables of nouns."""
    return singular(token.text.lower())


def is_known(token: Token, tables: Tables) -> bool:
    """Whether the tables tell what class a noun is of."""
    word = lookup(token)
    return word in tables.who or word in tables.things


def token_range(s: Sentence, start: int, end: int) -> tuple[int, int]:
    """First and last token of a stretch of the text; (-1, -1) where no token stands in it."""
    inside = [t.i for t in s.tokens if t.start < end and start < t.end]
    return (inside[0], inside[-1]) if inside else (-1, -1)


def counted(s: Sentence, quantity: Quantity, tables: Tables) -> Counted | None:
    """What a number phrase counts, or None where that is a measure, a date, a name or nothing."""
    first, last = token_range(s, *quantity.core)
    if first < 0:
        return None
    words = tuple(t.text.lower() for t in s.tokens[first : last + 1])
    if quantity.high == 0 and words in _NOBODY:
        return Counted(first=first, head=_zero_head(s, first, last), noun=-1, last=last, who="people", thing=None)
    after = last + 1
    if after < len(s.tokens) and s.tokens[after].lemma.lower() == "of":
        return _partitive(s, quantity, first, last, tables)
    noun = _noun(s, first, last, tables)
    if noun < 0:
        return Counted(first=first, head=_elided(s, first, last), noun=-1, last=last, who=None, thing=None)
    return _of_noun(s, (first, noun, noun, noun), tables)


def _of_noun(s: Sentence, at: tuple[int, int, int, int], tables: Tables, part: bool = False) -> Counted | None:
    """The counted by (first token, head, noun, last token); None where the tables do not know the noun."""
    first, head, noun, last = at
    who = who_is(s, noun, tables)
    word = lookup(s.tokens[noun])
    if word == "lives" and s.tokens[noun].upos != "NOUN":
        return None
    verbal = s.tokens[noun].text.lower() == "shot"  # "six shot" tells a state, "six shots" a thing
    thing = tables.things.get(word) if who is None and not verbal else None
    if who is None and thing is None:
        return None
    return Counted(first, head, noun, last, who, thing, part)


def _zero_head(s: Sentence, first: int, last: int) -> int:
    """The token by which "no one" hangs in the tree."""
    inside = range(first, last + 1)
    outer = [i for i in inside if s.tokens[i].head not in inside]
    return outer[-1] if outer else last


def _elided(s: Sentence, first: int, last: int) -> int:
    inside = range(first, last + 1)
    outer = [i for i in inside if s.tokens[i].head not in inside]
    return outer[-1] if outer else last


def _noun(s: Sentence, first: int, last: int, tables: Tables) -> int:
    """The noun right of a number: by the tree where the tables know it, else by the surface; -1 if elided."""
    heads = [s.tokens[i].head for i in range(first, last + 1) if base(s.tokens[i].dep) in _COUNTING]
    by_tree = next((h for h in heads if last < h <= last + REACH and _is_noun(s.tokens[h])), -1)
    if by_tree >= 0 and _broken(s, last, by_tree):
        by_tree = -1
    if _only_state(s, last + 1):
        return -1
    by_surface = _scan(s, last, tables)
    if by_tree >= 0 and is_known(s.tokens[by_tree], tables) and not -1 < by_surface < by_tree:
        return by_tree
    return by_surface if by_surface >= 0 else by_tree


def _only_state(s: Sentence, at: int) -> bool:
    """Whether the word after a number tells a state of people left unsaid ("64 wounded")."""
    if at >= len(s.tokens) or s.tokens[at].text.lower() not in ("dead", "wounded", "injured", "killed", "missing"):
        return False
    following = s.tokens[at + 1] if at + 1 < len(s.tokens) else None
    return following is None or following.upos not in ("NOUN", "PROPN", "ADJ")


def _is_noun(token: Token) -> bool:
    return token.upos in ("NOUN", "PROPN") or lookup(token) in (
        "wounded",
        "dead",
        "injured",
        "displaced",
        "missing",
    )


def _broken(s: Sentence, last: int, noun: int) -> bool:
    """Whether something stands between number and noun that no noun phrase holds."""
    between = s.tokens[last + 1 : noun]
    if any(t.text.lower() in _BREAKS or (t.upos == "ADP" and t.text.lower() != "of") for t in between):
        return True
    return any(t.text in (",", "and", "or") and t.upos in ("PUNCT", "CCONJ") for t in between[:1])


def _scan(s: Sentence, last: int, tables: Tables) -> int:
    """The first known noun in the run of words after a number, or -1."""
    for t in s.tokens[last + 1 : last + 1 + REACH]:
        following = s.tokens[t.i + 1] if t.i + 1 < len(s.tokens) else None
        if _first_of_two(s, t, last, tables):
            continue
        if is_known(t, tables) and t.upos in ("NOUN", "PROPN", "ADJ", "VERB") and not _modifies(t, following, tables):
            return t.i if _states_noun(t) else -1
        if t.text.lower() in ("and", "or") and t.i > last + 1 and _first_of_two(s, s.tokens[t.i - 1], last, tables):
            continue
        acronym = t.text.isupper() and len(t.text) > 1 and not s.tokens[last].text.isupper()
        if t.text.lower() in _BREAKS or (t.upos not in _SKIPPED[:5] and t.text not in _JOINING and not acronym):
            return -1
        if acronym:
            continue
        if t.upos == "VERB" and t.xpos not in ("VBN", "VBG"):
            return -1
    return -1


def _first_of_two(s: Sentence, t: Token, last: int, tables: Tables) -> bool:
    """Whether a noun in the singular only begins a joined modifier ("88 rebel and regime forces")."""
    joiner = s.tokens[t.i + 1] if t.i + 1 < len(s.tokens) else None
    plural = singular(t.text.lower()) != t.text.lower() or t.text.lower() in ("people", "police", "personnel")
    if joiner is None or joiner.text.lower() not in ("and", "or") or plural or s.tokens[last].text.lower() in _ONE:
        return False
    return any(is_known(x, tables) and singular(x.text.lower()) != x.text.lower() for x in s.tokens[t.i + 2 : t.i + 5])


def _states_noun(t: Token) -> bool:
    """Whether a word that may be noun or state stands as the noun ("12 wounded" tells a state of elided people)."""
    return lookup(t) not in ("dead", "wounded", "injured", "displaced", "sick")


def _modifies(t: Token, following: Token | None, tables: Tables) -> bool:
    """Whether a known noun only modifies the next one ("army officers", "child soldiers")."""
    if following is not None and following.text in ("-", "‑") and following.start == t.end:
        return True
    if following is None or following.upos not in ("NOUN", "PROPN"):
        return False
    if t.upos in ("ADJ", "VERB"):
        return True
    return is_known(following, tables) or (t.dep == "compound" and t.head == following.i)


def _partitive(s: Sentence, quantity: Quantity, first: int, last: int, tables: Tables) -> Counted | None:
    """ "Several hundreds of civilians", "one of the wounded", "few of the sick", "three of them"."""
    at = last + 2
    definite = False
    while at < len(s.tokens) and (
        s.tokens[at].upos in ("DET", "ADJ", "PROPN", "NUM", "PUNCT", "PRON", "NOUN", "VERB", "ADV", "PART")
        and at < last + 2 + REACH
    ):
        t = s.tokens[at]
        definite = definite or t.text.lower() in (
            "the",
            "these",
            "those",
            "its",
            "their",
            "his",
            "our",
            "them",
            "whom",
        )
        if t.text in (",", ";", ":", "(", ")") or (t.upos == "VERB" and not is_known(t, tables)):
            break
        following = s.tokens[at + 1] if at + 1 < len(s.tokens) else None
        if t.text.lower() in ("them", "whom", "us"):
            return _elided_partitive(s, quantity, first, last, at)
        if is_known(t, tables) and not _modifies(t, following, tables):
            vague = quantity.word is not None and s.tokens[last].text.lower() in _VAGUE_HEADS
            end = last if definite and vague else at
            return _of_noun(s, (first, _elided(s, first, last), at, end), tables, part=definite)
        at += 1
    return None


def _elided_partitive(s: Sentence, quantity: Quantity, first: int, last: int, at: int) -> Counted:
    end = last if quantity.word is not None else at
    return Counted(first, _elided(s, first, last), -1, end, None, None, True)


def who_is(s: Sentence, noun: int, tables: Tables) -> str | None:
    """The neutral class of persons that a noun names, or None where it names no persons."""
    token = s.tokens[noun]
    word = lookup(token)
    if word == "member":
        return _members(s, noun, tables)
    known = tables.who.get(word)
    if known is None:
        return "people" if _is_demonym(s, token) else None
    if noun > 0 and known in ("people", "workers", "officials", "residents", "men"):
        before = s.tokens[noun - 1].text.lower()
        known = tables.compound_who.get(before, known)
        known = "displaced people" if before == "displaced" else known
    return known


def _is_demonym(s: Sentence, token: Token) -> bool:
    """Whether a capitalised plural names people by nation, faith or group ("13 Palestinians", "40 Rohingya")."""
    if not token.text[:1].isupper() or token.text.isupper() or token.i == 0 or "-" in token.text:
        return False
    plural = token.xpos in ("NNPS", "NNS") and token.text.endswith(("s", "men"))
    return plural or token.text.endswith(("ese", "ingya"))


def _members(s: Sentence, noun: int, tables: Tables) -> str:
    """Whose members: told by the words before and the complement after."""
    window = [t.text.lower() for t in s.tokens[max(0, noun - 3) : noun]]
    after = s.tokens[noun + 1 : noun + 8]
    if after and after[0].lemma.lower() == "of":
        window += [t.text.lower() for t in after[1:]]
    return next((tables.members_of[word] for word in window if word in tables.members_of), "people")


def state_of(s: Sentence, i: int, tables: Tables) -> tuple[int, str] | None:
    """What became of somebody by the adjective or participle that hangs on the noun, and where it stands."""
    for c in children(s, i):
        t = s.tokens[c]
        if base(t.dep) not in ("acl", "amod", "xcomp", "advcl", "dep"):
            continue
        what = tables.by_state.get(t.text.lower())
        if what is None and base(t.dep) == "acl" and t.xpos in ("VBN", "VBD"):
            what = tables.by_object.get(form_in(t, tables.by_object))
        if what is None and base(t.dep) == "acl":
            what = tables.by_subject.get(form_in(t, tables.by_subject))
        if what is not None:
            return c, what
    return None
