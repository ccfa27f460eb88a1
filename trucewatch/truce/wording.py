"""Where the text names a truce, and what the noun phrase around the name tells of it.

A name is a row of the table of labels. The phrase before and after it tells whose truce it is, how wide, how
long, of what day and where, and whether it is a plan, a past one, or another one than the one told before.
By these the labels are grouped into instruments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.model import ARTICLE_PARTS, Document, Mentions, PlaceMention, Span, TimeMention
from trucewatch.truce.tables import LabelKind, Labels, load_labels

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "single": 1, "another": 1, "further": 1, "additional": 1, "extra": 1,
    "second": 1,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60,
    "ninety": 90,
}  # fmt: skip
HOURS = {"hour": 1, "day": 24, "week": 168, "fortnight": 336, "month": 720}
#: Nouns whose plural means truces at large, not one.
PLURALS = ("pause", "window", "ceasefire", "truce", "armistice", "lull")
#: How far around a label its noun phrase is read, in characters.
REACH = 90

_DURATION = re.compile(
    r"\b(?:(\d{1,3}|" + "|".join(NUMBERS) + r")[\s-]+)?(?:more\s+|full\s+)?(hour|day|week|fortnight|month)s?(?![\w])"
    r"(-long)?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.;:!?\n](?:\s|$)|[,()]")
_DETERMINER = re.compile(
    r"(?:^|[\s“\"‘'(])(a|an|the|this|that|these|those|another|any|no|its|their|his|[\w.]+[’']s?)\s",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\b((?:[A-Z][\w.]*)(?:[-–/ ](?:and[- ])?[A-Z][\w.]*)*)[-– ](?:brokered|backed|led|sponsored|"
    r"mediated|declared|"
    r"proposed|imposed|supported|negotiated|announced|drafted|supervised|monitored|initiated)\b"
)
_POSSESSOR = re.compile(r"\b((?:[A-Z][\w.]*\s+)*[A-Z][\w.]*)(?:\s+\w+){0,3}[’']s?\s")
_BY = re.compile(
    r"^(?:\s+(?:deal|agreement|plan|accord))?,?\s+(?:(?:that|which)\s+)?(?:was\s+|were\s+|is\s+)?"
    r"(?:brokered|backed|sponsored|mediated|declared|proposed|imposed|negotiated|announced|drafted)\s+by\s+"
    r"(?:the\s+)?((?:[A-Z][\w.]*(?:\s+|,\s+|$)(?:and\s+(?:the\s+)?)?)+)"
)
_AREA = re.compile(
    r"^(?:\s+(?:deal|agreement|zone|accord|regime))?\s+(?:in|for|around|over|across|on|at|within|covering)\s+"
    r"(?:the\s+|parts\s+of\s+|and\s+around\s+)*$"
)
_DATED = re.compile(
    r"^(?:\s+(?:deal|agreement|accord))?(?:\s+(?:in|around|for)\s+(?:the\s+|(?:east|west|north|south)ern\s+|"
    r"besieged\s+|[A-Z][\w’'-]*\s*){1,5}?)?,?\s*"
    r"(?:(?:that|which)\s+)?(?:(?:was\s+)?(?:came|went|took|entered|agreed|declared|announced|reached|signed|"
    r"brokered|struck)\s+(?:into\s+(?:force|effect)\s+|effect\s+|hold\s+)?)?(?:on|in|of|from|for|since)?\s*$"
)
_ALIASES = (
    (re.compile(r"\bU\.?N\.?\b|\bUnited Nations\b"), "un"),
    (re.compile(r"\bU\.?S\.?(?:A\.?)?(?!\w)|\bUnited States\b|\bAmerican?\b|\bWashington\b"), "us"),
    (re.compile(r"\bMoscow\b|\bKremlin\b"), "russ"),
)
_NOT_OWNERS = frozenset({"the", "a", "an", "and", "this", "that", "but", "with"})


@dataclass(frozen=True, slots=True)
class Label:
    """One wording of a truce and what its phrase tells. `hours` is the length that the phrase gives it."""

    span: Span
    text: str
    kind: LabelKind
    part: str
    definite: bool
    generic: bool  # plural or negated: no single truce is meant
    proposed: bool  # a plan, a call, a draft
    other: bool  # "another", "separate", "new"
    past: bool  # "previous", "short-lived"
    wide: bool
    local: bool
    owners: frozenset[str]
    hours: float | None
    phrase: Span  # the noun phrase with its modifiers
    area: PlaceMention | None = None
    date: TimeMention | None = None


def find_labels(doc: Document, mentions: Mentions, claimed: Sequence[Span]) -> list[Label]:
    """All wordings of a truce in the article's own parts, in text order.

    A weak wording ("the pause", "a lull", "the corridor deal") counts where a strong one stands in the text
    too or where one of the spans `claimed`, of claims about truces, holds it.
    """
    table = load_labels()
    found: list[Label] = []
    for start, end, part in _regions(doc):
        for match in table.pattern.finditer(doc.text, start, end):
            label = _label(doc, match, part, table, mentions)
            if label is not None:
                found.append(label)
    strong = {label.kind.core for label in found if label.kind.strong}
    return [label for label in found if label.kind.strong or _backed(label, strong, claimed)]


def _regions(doc: Document) -> list[tuple[int, int, str]]:
    if not doc.report.parts:
        return [(0, len(doc.text), "body")]
    return [(p.span[0], p.span[1], p.kind) for p in doc.report.parts if p.kind in ARTICLE_PARTS]


def _backed(label: Label, strong: set[str], claimed: Sequence[Span]) -> bool:
    """Whether a weak wording names a truce here."""
    if label.kind.type == "corridor_only":
        return not strong and any(inside(label.span, span) for span in claimed)
    if label.kind.core in strong:
        return True
    if any(inside(label.span, span) for span in claimed):
        return True
    return bool(strong) and label.definite and label.kind.core == "pause"


def inside(inner: Span, outer: Span) -> bool:
    """Whether the first span lies in the second."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _label(doc: Document, match: re.Match[str], part: str, table: Labels, mentions: Mentions) -> Label | None:
    text, (start, end) = doc.text, match.span()
    kind = table.kinds[int(str(match.lastgroup)[1:])]
    head = text[max(0, start - REACH) : start]
    tail = text[end : end + REACH]
    if table.guard_after.match(tail) or table.guard_before.search(head):
        return None
    phrase, determiner = _phrase(head)
    lead = head[: len(head) - len(phrase)]
    modifiers = phrase + match[0]
    plural = match[0].lower().endswith("s") and kind.core in PLURALS
    owners = _owners(phrase, lead, tail, table)
    return Label(
        span=(start, end),
        text=match[0],
        kind=kind,
        part=part,
        definite=determiner in ("the", "this", "that", "its", "their", "his") or determiner.endswith(("'s", "’s")),
        generic=determiner in ("no", "any") or (plural and determiner not in ("the", "these", "those")),
        proposed=bool(table.lead.search(head)),
        other=determiner == "another" or bool(table.other.search(phrase)),
        past=bool(table.past.search(phrase)),
        wide=bool(table.wide.search(modifiers)),
        local=bool(table.local.search(modifiers)),
        owners=owners,
        hours=phrase_hours(phrase),
        phrase=(start - len(phrase), end),
        area=_area(doc, end, mentions.places),
        date=_date(doc, (start - len(phrase), end), mentions.times),
    )


def _phrase(head: str) -> tuple[str, str]:
    """The words of the noun phrase before its head, from its determiner on but without it, and the
    determiner."""
    cut = max((m.end() for m in _BREAK.finditer(head)), default=0)
    stretch = head[cut:]
    found = max(_DETERMINER.finditer(stretch), key=re.Match.start, default=None)
    if found is not None and len(stretch[found.end() :].split()) <= 6:
        return stretch[found.end() :], found[1].lower()
    words = re.search(r"(?:[\w’'-]*[\d-][\w’'-]*\s+|[A-Z][\w.’'-]*\s+)*$", stretch)
    return (words[0] if words else ""), ""


def phrase_hours(phrase: str) -> float | None:
    """The length in hours that words such as "one-day", "48-hour" or "week-long" give; None where none
    does."""
    for match in _DURATION.finditer(phrase):
        number, unit, long = match[1], match[2].lower(), match[3]
        if number is not None:
            return (int(number) if number.isdigit() else NUMBERS[number.lower()]) * HOURS[unit]
        if long:
            return float(HOURS[unit])
    return None


def iso_duration(hours: float) -> str:
    """Hours as an ISO 8601 duration, in days where they are whole days."""
    if hours and hours % 24 == 0:
        return f"P{int(hours // 24)}D"
    return f"PT{int(hours)}H" if hours == int(hours) else f"PT{int(hours * 60)}M"


def _owners(phrase: str, lead: str, tail: str, table: Labels) -> frozenset[str]:
    words = [match[1] for match in _OWNER.finditer(phrase)]
    by = _BY.match(tail)
    if by is not None:
        words.append(by[1])
    if table.nouns.search(lead[-40:]):
        words += [match[1] for match in _POSSESSOR.finditer(lead)]
        words += [m[0] for m in re.finditer(r"\bUN\b|\bU\.N\.|\bUnited Nations\b", lead)]
    return owner_tokens(" ".join(words))


def owner_tokens(words: str) -> frozenset[str]:
    """Short keys of the powers that own or broker something: "US-Russian" and "Russia and the U.S." give the
    same."""
    tokens: set[str] = set()
    for pattern, key in _ALIASES:
        if pattern.search(words):
            tokens.add(key)
            words = pattern.sub(" ", words)
    tokens |= {
        word[:4].lower()
        for word in re.findall(r"[A-Z][\w]+", words)
        if word.lower() not in _NOT_OWNERS and len(word) > 3
    }
    return frozenset(tokens)


def _area(doc: Document, end: int, places: Sequence[PlaceMention]) -> PlaceMention | None:
    for place in places:
        if place.span and place.kind == "place" and end < place.span[0] <= end + 45:
            return place if _AREA.match(doc.text[end : place.span[0]]) else None
    return None


def _date(doc: Document, phrase: Span, times: Sequence[TimeMention]) -> TimeMention | None:
    """The date that the phrase itself carries ("the September 12 truce", "a pause in Aleppo on October
    20")."""
    for time in times:
        if time.span is None or time.kind not in ("date", "time") or time.start is None:
            continue
        if inside(time.span, phrase):
            return time
        if phrase[1] <= time.span[0] <= phrase[1] + 60 and _DATED.match(doc.text[phrase[1] : time.span[0]]):
            return time
    return None
