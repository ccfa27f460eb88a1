"""How many: the counts of a document, and those that belong to an event.

    quantity   a number phrase of the surface (count_numbers)
    counted    the noun it counts and its neutral class (count_heads)
    governor   the word that tells what happened to them (count_governors)

Bounds follow the words (record contract): "up to 300" tells a high only, "at least 12" a low and a best,
"some 40" a best only, "several" a low of 2 and the word. Hours, dates, ages, money and distances are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as with_fields

from trucewatch.coding.count_events import is_argument, linked, what_for
from trucewatch.coding.count_governors import Governor, governor
from trucewatch.coding.count_heads import Counted, counted, lookup, singular
from trucewatch.coding.count_numbers import Quantity, bounded, find_quantities
from trucewatch.coding.count_tables import Tables, load_tables
from trucewatch.language.phrases import base, token_at
from trucewatch.model import Count, CountMention, Document, EventMention, Sentence

_MAGNITUDE = ("strong", "person", "man", "member", "vehicle", "truck", "bus", "woman", "men")
_YEARS = range(1900, 2101)
_INHERITING = ("other", "another")
#: Classes that tell a part of those told before, which "400 others" does not take up.
_PARTS = ("women", "children", "men", "families")
_WEAK = ("some", "many", "most", "half", "few", "numerous")


@dataclass(frozen=True, slots=True)
class Reading:
    """A count as read: its number, what it counts, and the word that tells what happened."""

    quantity: Quantity
    counted: Counted
    governor: Governor | None
    what: str | None
    who: str | None


def find_counts(doc: Document) -> list[CountMention]:
    """The counts of people and things in the article's own parts, in text order, with ids n1, n2 ..."""
    tables = load_tables()
    found: list[CountMention] = []
    for sentence in doc.sentences:
        for reading in read_sentence(doc.text, sentence, tables):
            found.append(_mention(doc.text, sentence, reading, tables, len(found) + 1))
    return found


def read_sentence(text: str, s: Sentence, tables: Tables) -> list[Reading]:
    """The counts of one sentence as read, in text order."""
    readings: list[Reading] = []
    for quantity in find_quantities(text, s.start, s.end, tables):
        reading = _read(text, s, quantity, readings, tables)
        if reading is not None:
            readings.append(reading)
    return _joined_forward(s, readings)


def _joined_forward(s: Sentence, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, each without a governor of its own under that of the next one which "and" joins to it."""
    done = list(readings)
    for at in range(len(done) - 2, -1, -1):
        this, following = done[at], done[at + 1]
        if this.governor is not None or this.counted.thing is not None or following.governor is None:
            continue
        between = s.tokens[this.counted.last + 1 : following.counted.first]
        joined = bool(between) and between[0].text.lower() == "and" and len(between) <= 3
        if joined and not any(t.upos == "VERB" for t in between):
            done[at] = replace(this, governor=following.governor, what=following.governor.what)
    return done


def _read(text: str, s: Sentence, quantity: Quantity, before: Sequence[Reading], tables: Tables) -> Reading | None:
    if not _may_count(text, s, quantity, tables):
        return None
    who = counted(s, quantity, tables)
    if who is None:
        return None
    quantity = _bound_after(text, s, quantity, who, tables)
    if who.thing is not None:
        unfit = quantity.article or quantity.word in _WEAK or quantity.high == 0 or _is_name(s, quantity, who)
        told = None if unfit else who.thing
        return Reading(quantity, who, None, told, None) if told else None
    found = governor(s, who, tables)
    if _included(s, quantity) and before and before[-1].what in tables.casualty:
        found = before[-1].governor
    if found is not None and quantity.high == 0 and who.noun < 0 and s.tokens[who.head].head != found.token:
        found = None
    if found is None:
        found = _bracketed(text, s, quantity, before) or _coordinated(s, quantity, who, before)
    if _of_known_total(s, who, before):
        found = None
    elif found is None and who.noun < 0 and before and (who.partitive or _is_figure(s, who)):
        found = before[-1].governor
    reading = Reading(quantity, who, found, found.what if found else None, _who(s, who, found, before))
    return reading if _holds(s, reading, tables) else None


def _is_name(s: Sentence, quantity: Quantity, who: Counted) -> bool:
    """Whether a number above one stands before a singular, as in a name or address ("10300 Heritage Building")."""
    noun = s.tokens[who.noun].text.lower()
    plural = singular(noun) != noun or noun in ("aircraft", "personnel")
    return not plural and quantity.word is None and quantity.best not in (None, 1)


def _included(s: Sentence, quantity: Quantity) -> bool:
    """Whether a count only tells a part of the one before it ("including at least one child")."""
    first = token_at(s, quantity.span[0])
    return first > 0 and s.tokens[first - 1].text.lower() == "including"


def _is_figure(s: Sentence, who: Counted) -> bool:
    """Whether a number is what somebody puts "the number" or "the toll" at."""
    before = [t.text.lower() for t in s.tokens[max(0, who.first - 8) : who.first]]
    figures = {"number", "figure", "toll", "count", "total"}
    return bool(figures & set(before)) and bool({"at", "to"} & set(before[-5:]))


def _of_known_total(s: Sentence, who: Counted, before: Sequence[Reading]) -> bool:
    """Whether a number only tells of how many ("twelve of the 20 hostages")."""
    inside = bool(before) and before[-1].counted.partitive and who.first <= before[-1].counted.last
    return inside and who.first > 0 and s.tokens[who.first - 1].text.lower() in ("the", "its", "their")


def _may_count(text: str, s: Sentence, quantity: Quantity, tables: Tables) -> bool:
    """Whether the surface leaves it open that a number counts people or things (no hour, date, age, price)."""
    start, end = quantity.core
    left, right = text[max(s.start, start - 1) : start], text[end : min(s.end, end + 2)]
    if left in tables.before or left in (":", "/", "-", "–", ".", ",", "_", "@") or left.isdigit() or left.isalpha():
        return False
    digits = text[start:end][-1:].isdigit()
    if digits and (
        right[:1] in ("%", "°", "/", "$", "€", "£") or (right[:1] in (":", ".", ",") and right[1:2].isdigit())
    ):
        return False
    if right[:1].isalpha() or right[:1].isdigit():
        return False
    after = text[end : end + 24].lower()
    if after[:1] in ("-", "‑") and after[1:2].isalpha() and not after[1:].startswith(_MAGNITUDE):
        return False
    return _neighbours_allow(s, quantity, tables, digits) and not _ratio(text, s, quantity)


_IN_NUMBER = re.compile(
    r"\s+(?:in|out of)\s+(?:every\s+)?(?:\d|two|three|four|five|six|seven|eight|nine|ten|a )", re.IGNORECASE
)
_NUMBER_IN = re.compile(r"\b(?:one|two|three|four|\d+)\s+(?:in|out of)\s+(?:every\s+)?$", re.IGNORECASE)


def _ratio(text: str, s: Sentence, quantity: Quantity) -> bool:
    """Whether a number is half of a ratio ("one in five children")."""
    start, end = quantity.core
    if _NUMBER_IN.search(text, max(s.start, start - 24), start):
        return True
    return quantity.best is not None and quantity.best < 10 and bool(_IN_NUMBER.match(text, end))


def _neighbours_allow(s: Sentence, quantity: Quantity, tables: Tables, digits: bool) -> bool:
    first, last = token_at(s, quantity.core[0]), token_at(s, quantity.core[1] - 1)
    if first < 0 or last < 0:
        return False
    following = s.tokens[last + 1] if last + 1 < len(s.tokens) else None
    if following is not None and following.text in ("-", "‑", "–") and last + 2 < len(s.tokens):
        beyond = s.tokens[last + 2]
        if lookup(beyond) in tables.units and following.start == s.tokens[last].end:
            return False
    if following is not None and (following.text.lower() in tables.units or lookup(following) in tables.units):
        return False
    start = token_at(s, quantity.span[0])
    before = s.tokens[start - 1] if start > 0 else None
    if before is None or not digits or quantity.span[0] != quantity.core[0]:
        return True
    return before.text.lower().rstrip(".") not in tables.before and before.text != "May"


def _bound_after(text: str, s: Sentence, quantity: Quantity, who: Counted, tables: Tables) -> Quantity:
    """The quantity with a bound told after its noun ("5 casualties at least"), its span widened over it."""
    words = [t.text.lower() for t in s.tokens[who.last + 1 : who.last + 3]]
    for phrase, kind in tables.after.get(words[0], ()) if words else ():
        if words == list(phrase) and who.noun >= 0 and quantity.bare and not quantity.article:
            following = s.tokens[who.last + 3].upos if who.last + 3 < len(s.tokens) else "PUNCT"
            if following not in ("NUM", "DET"):
                end = s.tokens[who.last + 2].end
                return replace(bounded(quantity, kind), span=(quantity.span[0], end))
    return quantity


def _bracketed(text: str, s: Sentence, quantity: Quantity, before: Sequence[Reading]) -> Governor | None:
    """The governor of the count right before a bracket, for a count inside it without one of its own."""
    if not before or before[-1].governor is None:
        return None
    between = text[before[-1].quantity.span[1] : quantity.span[0]]
    opened = between.rfind("(") > between.rfind(")")
    return before[-1].governor if opened and len(between) < 120 else None


def _coordinated(s: Sentence, quantity: Quantity, who: Counted, before: Sequence[Reading]) -> Governor | None:
    """The governor of the count before, for one joined to it by "and" with no verb between."""
    first = token_at(s, quantity.span[0])
    if not before or before[-1].governor is None or who.noun < 0 or first < 1:
        return None
    last = before[-1].counted.last
    between = s.tokens[last + 1 : first]
    words = [t.text.lower() for t in s.tokens[max(0, first - 2) : first]]
    joined = words[-1] in ("and", "including", "&") or words == ["among", "them"]
    verbs = any(t.upos in ("VERB", "AUX") and t.text.lower() != "including" for t in between)
    return before[-1].governor if joined and not verbs and len(between) <= 12 else None


def _who(s: Sentence, who: Counted, found: Governor | None, before: Sequence[Reading]) -> str | None:
    inherits = who.who is None or (who.noun >= 0 and lookup(s.tokens[who.noun]) in _INHERITING)
    if not inherits:
        return who.who
    above = s.tokens[who.head].head
    if who.noun < 0 and above >= 0 and lookup(s.tokens[above]) == "family" and base(s.tokens[who.head].dep) == "nmod":
        return "people"
    others = who.noun >= 0
    earlier = next((r.who for r in reversed(before) if r.who and not (others and r.who in _PARTS)), None)
    return earlier or ("people" if who.who or found else None)


def _holds(s: Sentence, reading: Reading, tables: Tables) -> bool:
    """Whether what was read is a count at all: weak number words need to be told what happened."""
    quantity, who, what = reading.quantity, reading.counted, reading.what
    first = token_at(s, quantity.core[0])
    word = s.tokens[first].text.lower()
    if quantity.article:
        if who.noun < 0:
            return word == "another" and what in tables.casualty and _direct(s, who)
        if lookup(s.tokens[who.noun]) == "family":
            return False
        singular = who.noun >= 0 and lookup(s.tokens[who.noun]) == s.tokens[who.noun].text.lower()
        return singular and what in tables.casualty and not who.partitive and _near(who, first)
    if quantity.high == 0 or quantity.word is not None:
        return what is not None
    year = quantity.bare and quantity.best in _YEARS and word.isdigit()
    if year and (who.noun < 0 or lookup(s.tokens[who.noun]) == s.tokens[who.noun].text.lower()):
        return False
    if who.noun < 0:
        if _of_relatives(s, who, tables):
            return False
        return what is not None and _direct(s, who)
    named = who.noun >= 0 and lookup(s.tokens[who.noun]) not in tables.who  # a nation or faith, or some other name
    return what is not None or (word != "one" and not named)


def _near(who: Counted, first: int) -> bool:
    return 0 < who.noun - first <= 8


def _direct(s: Sentence, who: Counted) -> bool:
    """Whether a number without a noun stands where its noun would: subject, object, joined, or alone."""
    relation = base(s.tokens[who.head].dep)
    if s.tokens[who.head].head == who.last + 1 and s.tokens[who.last + 1].upos in ("VERB", "ADJ"):
        return True
    return (
        who.partitive
        or relation not in ("obl", "advmod", "case", "mark", "compound", "flat", "list")
        or (
            relation == "obl"
            and any(t.text.lower() in ("to", "at") for t in s.tokens[max(0, who.first - 4) : who.first])
        )
    )


def _of_relatives(s: Sentence, who: Counted, tables: Tables) -> bool:
    """Whether a number without a noun tells somebody's children or age ("a father of three", "a girl of seven")."""
    t = s.tokens[who.head]
    if base(t.dep) != "nmod" or t.head < 0 or s.tokens[who.first - 1].text.lower() != "of":
        return False
    noun = lookup(s.tokens[t.head])
    return noun in tables.who and noun not in tables.by_noun and noun != "family"


def _mention(text: str, s: Sentence, reading: Reading, tables: Tables, number: int) -> CountMention:
    quantity = reading.quantity
    end = max(quantity.span[1], s.tokens[reading.counted.last].end)
    span = (quantity.span[0], end)
    return CountMention(
        id=f"n{number}", span=span, text=text[span[0] : span[1]], what=reading.what, who=reading.who,
        low=quantity.low, best=quantity.best, high=quantity.high, word=quantity.word.lower() if quantity.word else None,
        per=_rate(text, s, span[1], tables),
    )  # fmt: skip


def _rate(text: str, s: Sentence, end: int, tables: Tables) -> str | None:
    """What a number is told per ("a day", "per vehicle"), where that follows it at once."""
    after = text[end : min(s.end, end + 40)].lower()
    words = " ".join(after.replace(",", " ").split()[:2])
    return next((unit for phrase, unit in tables.rates if words == phrase or words.startswith(phrase + " ")), None)


# ------------------------------------------------------------------ the counts of an event


def counts_for(doc: Document, event: EventMention, counts: Sequence[CountMention]) -> list[Count]:
    """The counts that belong to an event's own sentence: its victims, movers and things, in text order.

    What a claim's count tells is told by the event where that differs: of "ten came and asked" the event
    "asked" has ten who asked.
    """
    s = doc.sentence_at(event.trigger.span[0])
    if s is None:
        return []
    here = [count for count in counts if s.start <= count.span[0] and count.span[1] <= s.end]
    trigger = _trigger(s, event)
    if not here or trigger < 0:
        return []
    tables = load_tables()
    readings = {reading.quantity.span[0]: reading for reading in read_sentence(doc.text, s, tables)}
    found: list[Count] = []
    for count in here:
        reading = readings.get(count.span[0])
        if reading is None:
            continue
        harm = event.type is None or event.type in tables.harm
        if not linked(s, trigger, reading.counted, reading.governor, tables, harm):
            continue
        by_type = tables.event_what.get(event.type or "") if is_argument(s, trigger, reading.counted) else None
        what = what_for(s, trigger, reading.counted, tables) or by_type or reading.what
        if reading.counted.thing is not None or what is not None:
            found.append(with_fields(count, what=what) if reading.counted.thing is None else count)
    return found


def _trigger(s: Sentence, event: EventMention) -> int:
    """The token of an event's trigger that governs it."""
    inside = [t.i for t in s.tokens if t.start < event.trigger.span[1] and event.trigger.span[0] < t.end]
    outer = [i for i in inside if s.tokens[i].head not in inside]
    return outer[0] if outer else -1


def consequence_counts(doc: Document, event: EventMention, counts: Sequence[CountMention]) -> list[Count]:
    """The casualties told as what followed from an event: in its own sentence, and in the next one where that
    begins with "As a result", "The attack left ..." or the like. In text order."""
    tables = load_tables()
    own = [count for count in counts_for(doc, event, counts) if count.what in tables.casualty]
    s = doc.sentence_at(event.trigger.span[0])
    at = doc.sentences.index(s) + 1 if s is not None else len(doc.sentences)
    if at >= len(doc.sentences):
        return own
    following = doc.sentences[at]
    opening = doc.text[following.start : following.start + 60].lower().lstrip("“\"'‘ ")
    if not opening.startswith(tables.openers):
        return own
    inside = [c for c in counts if following.start <= c.span[0] and c.span[1] <= following.end]
    return own + [count for count in inside if count.what in tables.casualty]
