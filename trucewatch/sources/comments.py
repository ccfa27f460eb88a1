"""Readers' comments: where they begin, and each of them with author, date, votes and position.

Comments are told by their habit: a name, a date, words, a line of votes and buttons, in whatever order the
page keeps. Layer: sources.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from trucewatch.sources.datelines import is_plain_date, published_label
from trucewatch.sources.dates import find_date
from trucewatch.sources.furniture import load_lexicon
from trucewatch.sources.units import Unit

_MARKS = "👍👎❤♥⬆⬇▲▼△▽↑↓🔼🔽🔺🔻"
_THUMB = re.compile(
    rf"\s*(?:[{_MARKS}]\ufe0f?\s*\+?(?P<after>\d[\d,.]*\s?[kK]?)?|(?P<before>\d[\d,.]*\s?[kK]?)\s*[{_MARKS}])"
)
_POINTS = re.compile(
    r"(-?\d[\d,]*)\s*(?:points?|votes?|upvotes?|likes?|karma|recommend\w*|thumbs up|reactions?|people like this)\b"
    r"|\b(?:upvotes?d?|likes?|votes?|score|points|recommend(?:ed|s)?|thumbs up|karma|agree|helpful)\W{0,3}"
    r"([+-]?\d[\d,]*)(?!\s*(?:h|m|d|hours?|min))",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s*[+-]?\d{1,5}(?:\s+\d{1,5})?\s*")
_SIGNED = re.compile(r"\s*([+-]\d{1,5})\s*")
_PAIR = re.compile(r"\s*(\d{1,5})\s+(?:\d{1,5}\s+)?(?:reply|like|report|share)\b.*", re.IGNORECASE)
_ENDING = re.compile(r"(?:^|[·•|])\s*(\d{1,6})\s*(?=[·•|]|$)")
_RELATIVE = re.compile(
    r"\W*(?:(?:posted |commented |edited |about |over |almost )?(?:\d+|an?|one|two|three|several|few) ?"
    r"(?:seconds?|s|min(?:ute)?s?|m|h(?:ou)?rs?|h|days?|d|weeks?|w|wks?|months?|mo|years?|yrs?|y)\.?(?: ago)?"
    r"|just now|yesterday|today|last (?:week|month|year))(?: at \d{1,2}[:.]\d\d(?: ?[ap]m)?)?(?: \(?edited\)?)?\W*",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?P<author>.{2,50}?)\s+(?:says|said|wrote|writes|commented|replied|on)\b:?\s*(?P<rest>.{0,60})",
    re.IGNORECASE,
)
_BULLETED = re.compile(r"(?P<author>[^·•|–—,]{2,50}?)\s*(?:[·•|–—,]|\s-\s|\s{2,})\s*(?P<rest>.{1,80})")
_BRACKETED = re.compile(r"(?P<author>[^()\[\]]{2,50}?)\s*[(\[](?P<rest>[^()\[\]]{2,60})[)\]]:?")
_REPLYING = re.compile(r"\s+(?:in reply to|replied to|replying to|to|→|>|▶)\s+.{2,60}$", re.IGNORECASE)
_NAME_TOKEN = re.compile(r"(?:[^\W\d_][\w.'’\-]*|@?[\w.\-]{2,40})$")
_HEAD = re.compile(r"\D*?(\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
_COUNTS = {
    word: i + 1
    for i, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment: its units [first, last] and what is told about it."""

    first: int
    last: int
    author: str | None
    posted: str | None
    votes: int | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in the comments. role: author | date | votes | text."""

    role: str
    author: str | None = None
    posted: str | None = None
    votes: int | None = None


def is_header(unit: Unit) -> bool:
    """Whether a line opens the readers' comments ("2 Comments", "Leave a reply")."""
    return bool(unit.line) and len(unit.line) <= 250 and _is_header(unit.line)


@lru_cache(maxsize=2048)
def _is_header(line: str) -> bool:
    return load_lexicon().comment_headers.fullmatch(line) is not None


def header_count(unit: Unit) -> int | None:
    """How many comments a header tells of, None where it tells no number."""
    match = _HEAD.match(unit.line)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _COUNTS[match[1].lower()]


def is_votes(unit: Unit) -> bool:
    """Whether a line is the votes and buttons under a comment."""
    return _votes_line(unit) is not None


def is_signature(unit: Unit) -> bool:
    """Whether a line tells a comment's author and its date together."""
    return _author_and_date(unit.line) is not None


def split_comments(units: Sequence[Unit], indexes: Sequence[int], told: int | None) -> list[Comment]:
    """The comments in the units at `indexes` (in order, other furniture left out); `told`: how many they are."""
    if not indexes:
        return []
    lines = _roles(units, indexes)
    starts = _starts(units, indexes, lines, told)
    found = []
    for at, begin in enumerate(starts):
        stop = starts[at + 1] if at + 1 < len(starts) else len(indexes)
        found.append(_comment(indexes[begin:stop], lines[begin:stop]))
    return found


def _comment(indexes: Sequence[int], lines: Sequence[_Line]) -> Comment:
    def first(values: list[str | None]) -> str | None:
        return next((value for value in values if value), None)

    votes = next((line.votes for line in lines if line.votes is not None), None)
    posted = first([line.posted for line in lines])
    return Comment(indexes[0], indexes[-1], first([line.author for line in lines]), posted, votes)


def _roles(units: Sequence[Unit], indexes: Sequence[int]) -> list[_Line]:
    lines: list[_Line] = []
    for at, index in enumerate(indexes):
        unit = units[index]
        following = units[indexes[at + 1]] if at + 1 < len(indexes) else None
        before = lines[-1] if lines else None
        lines.append(_role(unit, before, following))
    return lines


def _role(unit: Unit, before: _Line | None, following: Unit | None) -> _Line:
    votes = _votes_line(unit)
    if votes is not None:
        return _Line("votes", votes=votes if votes >= -100_000 else None)
    if unit.line and (_RELATIVE.fullmatch(unit.line) or is_plain_date(unit.line)):
        return _Line("date", posted=_posted(unit.line))
    if _COUNT.fullmatch(unit.line):
        return _Line("votes", votes=int(unit.line) if unit.line.lstrip("+-").isdigit() else None)
    signed = _author_and_date(unit.line)
    if signed is not None:
        return _Line("author", author=signed[0], posted=_posted(signed[1]), votes=_points(signed[1]))
    fresh = before is None or before.role == "votes" or unit.blank_before or is_dated(following)
    after_name = before is not None and before.role == "author"
    dated = is_dated(following) and len(unit.text.split()) <= 6 and not unit.ends
    named = fresh and is_name(unit) and (following is None or _votes_line(following) is None)
    if following is not None and not after_name and (named or dated):
        return _Line("author", author=_REPLYING.sub("", unit.line).rstrip(":").strip())
    return _Line("text")


def is_dated(unit: Unit | None) -> bool:
    """Whether a line is the date or age of a comment alone."""
    return unit is not None and bool(unit.line) and bool(_RELATIVE.fullmatch(unit.line) or is_plain_date(unit.line))


def _starts(units: Sequence[Unit], indexes: Sequence[int], lines: Sequence[_Line], told: int | None) -> list[int]:
    """The positions in `indexes` at which a comment begins; the first always."""
    roles = [line.role for line in lines]
    signed = any(role == "author" for role in roles)
    voted = "votes" in roles
    starts = [0]
    for at in range(1, len(indexes)):
        role, before = roles[at], roles[at - 1]
        opened = roles[starts[-1] : at]
        if role == "author":
            fresh = "text" in opened or "votes" in opened
        elif role == "date":
            fresh = not signed and "text" in opened and roles.index("date") < roles.index("text")
        elif role == "text":
            fresh = before == "votes" and "text" in opened
            fresh = fresh or (not signed and not voted and _each_its_own(units, indexes, told))
        else:
            fresh = False
        if fresh:
            starts.append(at)
    return starts


def _each_its_own(units: Sequence[Unit], indexes: Sequence[int], told: int | None) -> bool:
    """Without names and votes, paragraphs are comments of their own only where the page counts as many."""
    return told == len(indexes) and told > 1


def _votes_line(unit: Unit) -> int | None:
    return _votes(unit.line, is_headed=is_header(unit)) if unit.line else None


@lru_cache(maxsize=2048)
def _votes(line: str, *, is_headed: bool) -> int | None:
    """The votes of a line of votes and buttons, -999999 for buttons alone, None for any other line."""
    if not line or len(line) > 90:
        return None
    thumb = _THUMB.match(line)
    if thumb is not None and not any(char.isalpha() and ord(char) < 128 for char in _strip_actions(line)):
        told = thumb["after"] or thumb["before"]
        return _number(told) if told else -999_999
    signed = _SIGNED.fullmatch(line)
    if signed is not None:
        return int(signed[1])
    lexicon = load_lexicon()
    words = re.findall(r"[^\W\d_]+", line.lower())
    if not words or not all(word in lexicon.actions for word in words):
        return None
    if not any(word in lexicon.action_keys for word in words) or (is_headed and not _POINTS.search(line)):
        return None
    return _first_number(line)


def _first_number(line: str) -> int:
    points = _points(line)
    if points is not None:
        return points
    for pattern in (_ENDING, _PAIR):
        match = pattern.search(line) if pattern is _ENDING else pattern.match(line)
        if match is not None:
            return int(match[1])
    bare = re.match(r"\s*([+-]?\d{1,6})\b(?!\s*(?:h|m|d|w|y|min|hours?|days?)\b)", line)
    return int(bare[1]) if bare else -999_999


def _points(text: str) -> int | None:
    match = _POINTS.search(text)
    return _number(match[1] or match[2]) if match else None


def _number(written: str) -> int:
    plain = written.replace(",", "").replace(" ", "").lower()
    return int(float(plain[:-1]) * 1000) if plain.endswith("k") else int(float(plain))


def _strip_actions(line: str) -> str:
    actions = load_lexicon().actions
    return re.sub(r"[^\W\d_]+", lambda m: "" if m[0].lower() in actions else m[0], line)


@lru_cache(maxsize=2048)
def _author_and_date(line: str) -> tuple[str, str] | None:
    """Author and the words of the date of a comment's first line, None for any other line."""
    if not line or len(line) > 130 or published_label(line):
        return None
    for pattern in (_BULLETED, _BRACKETED, _SAYS):
        match = pattern.fullmatch(line)
        if match is None or not _named(match["author"]) or _is_action(match["author"]):
            continue
        rest = match["rest"].strip()
        if pattern is _SAYS and not rest and line.endswith(":"):
            return match["author"].strip(), ""
        if _is_when(rest):
            return match["author"].strip(), rest
    found = find_date(line)
    if found is not None and found.span[0] >= 3 and _named(line[: found.span[0]].strip(" -–—|·,@")):
        rest = line[found.span[1] :]
        if not rest.strip(" .|·-at:") or _points(rest) is not None or _is_action(rest):
            return line[: found.span[0]].strip(" -–—|·,@"), line[found.span[0] :]
    relative = re.search(
        r"(?:^|\s)([-+]?\d+ ?(?:points?|votes?)\s+)?(\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago)\W*$",
        line,
    )
    if relative is not None and _named(line[: relative.start()].strip(" -–—|·,@")):
        return line[: relative.start()].strip(" -–—|·,@"), relative[0]
    return None


def _is_when(rest: str) -> bool:
    """Whether words are a date, an age or a score, alone or together."""
    parts = [part.strip() for part in re.split(r"[·•|()]|,\s(?=\d+ (?:points?|votes?))", rest) if part.strip()]
    return (
        bool(parts)
        and all(
            _RELATIVE.fullmatch(part) or is_plain_date(part) or _POINTS.fullmatch(part) or _is_action(part)
            for part in parts
        )
        and any(char.isdigit() for char in rest) | bool(_RELATIVE.fullmatch(rest))
    )


def _is_action(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return bool(words) and all(word in load_lexicon().actions for word in words)


def _posted(words: str) -> str | None:
    found = find_date(words) if words else None
    return found.value if found else None


def _named(author: str) -> bool:
    tokens = author.split()
    return 1 <= len(tokens) <= 5 and all(_NAME_TOKEN.match(t.strip('"“”,.:@')) for t in tokens if t.strip('"“”,.:@'))


def is_name(unit: Unit) -> bool:
    """Whether a line reads as a name: at most four words, each with a capital, or one made-up word."""
    line = _REPLYING.sub("", unit.line).rstrip(":").strip()
    tokens = line.split()
    if not 1 <= len(tokens) <= 4 or not _named(line) or len(line) > 40 or line[-1] in "!?…":
        return False
    if line.endswith(".") and not re.search(r"(?:^|\s)\w\.$", line):
        return False
    particles = {"al", "el", "bin", "de", "van", "von", "the", "of", "abu", "la"}
    return len(tokens) == 1 or all(token[:1].isupper() or token.lower() in particles for token in tokens)
