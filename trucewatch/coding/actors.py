"""Who: noun phrases that denote somebody, coded to neutral names (law 5).

A phrase is resolved by the first of: the table of named actors, a demonym or country with a noun of force or
government, a common noun's class in the report's country, a name whose last word tells its kind. A label of the
outlet never becomes a name: where no group is named the name is the plainest neutral class.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from trucewatch.coding.actor_context import Coded, Context
from trucewatch.coding.actor_naming import code_phrase
from trucewatch.coding.actor_owners import Found, code_owner, holders, kinds_of_titles, owners, pair
from trucewatch.coding.actor_phrases import counting, heads, is_all_caps, noun_phrase, words_of
from trucewatch.coding.actor_table import Tables, fold, load_tables, word_list
from trucewatch.coding.coreference import link
from trucewatch.language import phrases
from trucewatch.model import ActorMention, Document, PlaceMention, Sentence, Span


def load_actors(extra: Path | None = None) -> Tables:
    """The tables of actors, with a user's own over them. Raises DataError for a table that cannot be read."""
    return load_tables(extra)


def find_actors(
    doc: Document, places: Sequence[PlaceMention], country: str | None = None, extra: Path | None = None
) -> list[ActorMention]:
    """All mentions of somebody in the article's parts, in order, with `same_as` links.

    `country` is the ISO code of where the report plays: bare "the army" and "residents" are read by it. Without it
    the nation that is named most often stands in, where it is named at least twice as often as any other.
    """
    tables = load_tables(extra)
    own = country if country in tables.countries else _nation_of(doc, tables)
    context = Context(tables, own, _year(doc))
    seats = {place.span: place for place in places if place.kind == "government" and place.span}
    placed = [place.span for place in places if place.kind == "place" and place.span]
    mentions: list[ActorMention] = []
    for sentence in doc.sentences:
        for found in _in_sentence(sentence, context, seats):
            mention = _mention(doc, sentence, found, tables)
            if mention.side or mention.kind not in ("unknown", "igo", "monitor") or not _is_place(mention, placed):
                mentions.append(mention)
    return link(doc, mentions, context)


_BY = re.compile(r"^.*\b(?:by|of|from|with|to)\s+(?:the\s+)?", re.IGNORECASE)
_HELD = re.compile(
    r"[\s‐‑-]+(?:held|controlled|occupied|run|administered|dominated|governed|ruled|seized|besieged)\b.*$",
    re.IGNORECASE,
)


def side_of(words: str, country: str | None) -> str | None:
    """The side that holds a place, from the words that tell it, or None.

    "Houthi-held", "controlled by terrorists", "under the control of the army", "government": by whom, then whose.
    """
    who = _HELD.sub("", _BY.sub("", words.strip())).split()
    context = Context(load_tables(), country if country in load_tables().countries else None)
    if not who:
        return None
    coded = code_phrase(who, context) or code_owner(who, context)
    return coded.side if coded else None


def _year(doc: Document) -> int | None:
    value = doc.report.published.value
    return int(value[:4]) if value and value[:4].isdigit() else None


def _nation_of(doc: Document, tables: Tables) -> str | None:
    """The nation that a report without resolved places names by far most often."""
    words = (
        fold(t.text) for s in doc.sentences for t in s.tokens if t.upos in ("ADJ", "PROPN") and t.text[:1].isupper()
    )
    count = Counter(code for word in words if (code := tables.by_word.get(word)) is not None and word != "us")
    ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def _mention(doc: Document, s: Sentence, found: Found, tables: Tables) -> ActorMention:
    span = found.chars or (s.tokens[found.start].start, s.tokens[found.end - 1].end)
    text = doc.text[span[0] : span[1]]
    coded = found.coded
    return ActorMention(
        span=span, text=text, name=coded.name, kind=coded.kind, side=coded.side, country=coded.country,
        loaded=bool(tables.loaded.search(text)),
    )  # fmt: skip


def _is_place(mention: ActorMention, placed: Sequence[Span]) -> bool:
    """Whether a name that no table knows is told as a place."""
    named = mention.name is not None and mention.name in mention.text and mention.name[:1].isupper()
    return named and any(
        (a <= mention.span[0] and mention.span[1] <= b) or mention.span[0] <= a < mention.span[1] for a, b in placed
    )


def _in_sentence(s: Sentence, context: Context, seats: Mapping[Span, PlaceMention]) -> Iterator[Found]:
    taken: set[int] = set()
    found: list[Found] = []
    for finder in (_seats(s, context, seats), _persons(s, context), holders(s, context), _aliases(s, context)):
        new = [item for item in finder if not taken.intersection(range(item.start, item.end))]
        found += new
        taken |= {i for item in new for i in range(item.start, item.end)}
    found += _plain(s, context, taken)
    taken |= {i for item in found for i in range(item.start, item.end)}
    found += owners(s, context, taken)
    yield from sorted(_widest(found), key=lambda f: f.chars or (s.tokens[f.start].start, s.tokens[f.end - 1].end))


def _plain(s: Sentence, context: Context, taken: set[int]) -> Iterator[Found]:
    """Phrases with a common noun, and names that no table knows."""
    for i in heads(s, taken):
        if counting(s, i):
            continue
        start, end = noun_phrase(s, i)
        two = pair(s, start, end, i, context)
        if two:
            yield from two
            continue
        words, at = words_of(s, start, end, i)
        coded = code_phrase(words, context, at, s.tokens[i].lemma)
        thing = _named_thing(s, i, start, end, context)
        organ = coded is not None and coded.kind == "government" and coded.country is not None
        if thing is not None and not organ and (coded is None or s.tokens[i].upos == "PROPN"):
            yield thing
        elif coded is None and _cited(s, i) and any(t.upos == "PROPN" for t in s.tokens[start:i]):
            yield Found(start, end, i, Coded(_name_text(s, start, end), "unknown", None, context.own))
        elif coded is not None and not (coded.kind == "unknown" and coded.name == "armed group" and _abstract(s, i)):
            yield Found(start, end, i, coded)


def _cited(s: Sentence, i: int) -> bool:
    """ "Citing al-Thawra hospital", "the hospital of Martuni said": a place that tells is somebody."""
    token = s.tokens[i]
    verb = s.tokens[token.head] if token.head >= 0 else token
    telling = verb.lemma.lower() in word_list("telling") and phrases.base(token.dep) in ("nsubj", "obj")
    return telling and token.lemma.lower() in (
        "hospital",
        "clinic",
        "university",
        "church",
        "hotel",
        "morgue",
        "station",
    )


def _abstract(s: Sentence, i: int) -> bool:
    """ "With force", "in force": no body."""
    return s.tokens[i].text.lower() == "force" and not phrases.children_with(s, i, "det", "amod", "compound")


def _widest(found: Iterable[Found]) -> list[Found]:
    """Of phrases with one head or one extent the widest; what only describes or repeats a wider phrase goes."""
    kept: dict[tuple[int, int], Found] = {}
    for item in found:
        inside = [k for k in kept.values() if k.start >= item.start and k.end <= item.end and k.head == item.head]
        for other in inside:
            kept.pop((other.start, other.end), None)
        kept.setdefault((item.start, item.end), item)
    wide = list(kept.values())
    return [item for item in wide if item.chars or not any(_part_of(item, other) for other in wide)]


def _part_of(item: Found, other: Found) -> bool:
    """ "The government" in "the government's command", "the wounded" in "one of the wounded": no mention of its own."""
    if not (other.start <= item.start and item.end <= other.end) or other is item:
        return False
    return item.start <= other.head or item.coded.name == other.coded.name


def _aliases(s: Sentence, context: Context) -> Iterator[Found]:
    """Names of the table, the longest at each word; widened to the phrase they head or stand in."""
    i = 0
    caps, lower = is_all_caps(s.tokens), not any(t.text[:1].isupper() for t in s.tokens)
    while i < len(s.tokens):
        match = _alias_at(s, i, context, caps=caps, lower=lower)
        if match is None:
            i += 1
            continue
        end, coded = match
        head = phrases.head_of_span(s, (i, end))
        start, stop = noun_phrase(s, head)
        words, at = words_of(s, start, stop, head)
        whole = code_phrase(words, context, at, s.tokens[head].lemma)
        wide = start <= i and stop <= end + 3 and i - start <= 5 and not _names_between(s, start, i, coded)
        if wide and (whole is None or whole.name == coded.name):
            yield Found(start, max(stop if whole else end, end), head, coded)
        else:
            yield Found(_with_article(s, i), end, head, coded)
        i = end


def _names_between(s: Sentence, start: int, i: int, coded: Coded) -> bool:
    """Whether other names stand before an organisation's in one run of words, as in a list of tags."""
    if coded.kind in ("government", "state_forces", "unknown"):
        return False
    return sum(s.tokens[j].upos == "PROPN" for j in range(start, i)) > 1


def _with_article(s: Sentence, i: int) -> int:
    return i - 1 if i > 0 and s.tokens[i - 1].text.lower() == "the" else i


_FIRST_PIECE = re.compile(r"\w*")


def _alias_at(s: Sentence, i: int, context: Context, *, caps: bool, lower: bool) -> tuple[int, Coded] | None:
    # "U.S." and "al-Nusra" may be one token or several: their first piece decides whether an alias can begin here
    piece = _FIRST_PIECE.match(fold(s.tokens[i].text))
    longest = context.tables.firsts.get(piece.group()) if piece else None
    if longest is None:
        return None
    for end in range(min(len(s.tokens), i + longest + 1), i, -1):
        alias = _joined(s, i, end)
        if alias not in context.tables.aliases or (caps and alias in word_list("also_words")):
            continue
        known = context.known(alias)
        if known is not None and (_as_name(s, i, end, alias, context) or (lower and len(alias) > 6)):
            return end, context.named(known)
    return None


def _joined(s: Sentence, start: int, end: int) -> str:
    """The words of a token range as they stand, folded: tokens that touch are joined."""
    parts = [s.tokens[start].text]
    for before, token in zip(s.tokens[start : end - 1], s.tokens[start + 1 : end], strict=True):
        parts.append((" " if token.start > before.end else "") + token.text)
    return fold("".join(parts)).removesuffix("'s")


def _as_name(s: Sentence, start: int, end: int, alias: str, context: Context) -> bool:
    """A short alias ("AP", "SAF") must stand in capitals, any other with one; no part of a person's name."""
    if alias in context.tables.plain:
        return True
    text = s.tokens[start].text
    if end - start == 1:
        person = next((n for n in s.names if n.kind == "person" and n.start <= start < n.end), None)
        if person is not None and person.end - person.start > 1 and s.tokens[person.start].upos == "PROPN":
            before, after = s.tokens[start - 1] if start > person.start else None, start + 1 < person.end
            if after or (
                before is not None and before.text[:1].isupper() and fold(before.text) not in _titles(context)
            ):
                return False
        if len(text) <= 4:
            return text.isupper() or (text[:1].isupper() and len(text) > 3)
    return any(t.text[:1].isupper() for t in s.tokens[start:end])


def _titles(context: Context) -> frozenset[str]:
    return context.tables.classes["government"] | context.tables.classes["forces"]


def _seats(s: Sentence, context: Context, seats: Mapping[Span, PlaceMention]) -> Iterator[Found]:
    """Governments named by their seat or country: "Sanaa denied"."""
    for (start, end), place in seats.items():
        if not s.start <= start < s.end:
            continue
        tokens = [t.i for t in s.tokens if t.start >= start and t.end <= end]
        coded = context.seat(place.name or place.text or "") or context.seat(place.text or "")
        if tokens and coded is not None:
            yield Found(tokens[0], tokens[-1] + 1, phrases.head_of_span(s, (tokens[0], tokens[-1] + 1)), coded)


_OF = ("of", "-", "'s", "’s", "for")


def _persons(s: Sentence, context: Context) -> Iterator[Found]:
    """Persons with the title before their name: "US Secretary of State Antony Blinken" is one phrase."""
    for name in s.names:
        start, end = _capitals(s, *_whole_name(s, name.start, name.end), context)
        tokens = s.tokens[start:end]
        if name.kind != "person" or not tokens or not all(t.upos == "PROPN" or t.text in "-'’." for t in tokens):
            continue
        if not tokens[0].text[:1].isupper() or (len(tokens) > 5 and "-" not in [t.text for t in tokens]):
            continue
        text = _name_text(s, start, end)
        known = context.known(fold(text))
        begin = _title_start(s, start)
        words, _ = words_of(s, begin, start, begin) if begin < start else ([], 0)
        title = kinds_of_titles(words, context) if words else None
        if title is None and known is not None:
            continue  # a name of the table without a title is found as an alias
        if title is None and any(fold(t.text) in context.tables.by_word for t in tokens):
            continue  # "Jordan", "Chad": more often the country
        begin = begin if title else start
        coded = title or Coded(None, "unknown", None, None)
        coded = context.named(known) if known is not None else Coded(text, coded.kind, coded.side, coded.country)
        yield Found(begin, end, phrases.head_of_span(s, (begin, end)), coded)


def _title_start(s: Sentence, start: int) -> int:
    """Where the words that may be a title before a name begin, its determiner included."""
    begin = start
    while begin > 0 and (s.tokens[begin - 1].upos in ("PROPN", "NOUN", "ADJ") or s.tokens[begin - 1].text in _OF):
        begin -= 1
    while begin < start and s.tokens[begin].text in _OF:
        begin += 1
    return begin - 1 if 0 < begin < start and s.tokens[begin - 1].upos == "DET" else begin


def _whole_name(s: Sentence, start: int, end: int) -> tuple[int, int]:
    """A name with the capitals that run on: a recogniser may stop at "Secretary" of "Secretary of State X Y"."""
    while end < len(s.tokens) and s.tokens[end].upos == "PROPN" and s.tokens[end].text[:1].isupper():
        end += 1
    return start, end


def _named_thing(s: Sentence, i: int, start: int, end: int, context: Context) -> Found | None:
    """A body whose name no table knows, coded by its last word."""
    name = next((n for n in s.names if n.start <= i < n.end), None)
    if s.tokens[i].upos != "PROPN" or name is None or name.kind != "organization":
        return None
    if not all(s.tokens[j].text[:1].isupper() for j in (name.start, name.end - 1)):
        return None
    begin, stop = _capitals(s, *_whole_name(s, name.start, max(name.end, end)), context)
    text = _name_text(s, begin, stop)
    coded = _body(text, context) or (Coded(text, "unknown", None, None) if stop - begin > 1 else None)
    return Found(min(start, begin), max(end, stop), i, coded) if coded else None


def _body(text: str, context: Context) -> Coded | None:
    """What kind of body a name is, by its last words."""
    kinds = [context.tables.name_kinds[w] for w in reversed(fold(text).split()) if w in context.tables.name_kinds]
    if not kinds:
        return None
    side = kinds[0] if kinds[0] in ("ngo", "media", "monitor") else None
    return Coded(text, kinds[0], side, None if kinds[0] in ("media", "monitor", "igo") else context.own)


def _name_text(s: Sentence, begin: int, stop: int) -> str:
    tokens = [t for t in s.tokens[begin:stop] if t.text not in '"“”‘,()[]']
    text = "".join((" " if k and t.start > tokens[k - 1].end else "") + t.text for k, t in enumerate(tokens))
    return text.removesuffix("'s").removesuffix("’s").removeprefix("The ").removeprefix("the ").strip()


def _capitals(s: Sentence, start: int, end: int, context: Context) -> tuple[int, int]:
    """A name without common nouns of a title before it: "Defense Minister Sergei Shoigu" gives "Sergei Shoigu"."""
    titles = _titles(context) | {
        "leader",
        "chief",
        "commander",
        "spokesman",
        "spokeswoman",
        "activist",
        "envoy",
        "head",
    }
    for j in range(end - 2, start - 1, -1):
        if fold(s.tokens[j].text) in titles:
            return j + 1, end
    return start, end
