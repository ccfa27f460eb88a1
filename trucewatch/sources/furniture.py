"""What a line is by itself: the words of `data/furniture.toml` against one line.

Nothing here knows of a page as a whole; a line that may be body is told as nothing. Layer: sources.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from trucewatch.sources.datelines import is_dateline
from trucewatch.sources.meters import is_meter
from trucewatch.sources.units import Unit

#: Kinds whose lines are matched whole, in the order in which they are asked.
_ORDER = ("template", "related", "promotion", "widget", "navigation", "byline")
_QUOTE = re.compile(r"[\"“”«»„]")
_SAYS = re.compile(r"\b(?:said|says|told|according to|added|stated|reported|announced|warned|urged)\b")
_SEPARATED = re.compile(r"\s*(?:[|>»›/•·]|::|\s{2,}|\t)\s*")
_BY = re.compile(r"by:?\s+(?P<names>[^\W\d].{1,150})", re.IGNORECASE)
_NAME = r"[A-ZÀ-ÖØ-ÞА-Я][\w.'\-]*"
_PARTICLES = frozenset({
    "&", ",", "-", "/", "abu", "al", "and", "at", "bin", "da", "de", "der", "dos", "el", "for", "ibn",
    "in", "la", "le", "of", "the", "umm", "van", "von", "with", "|", "–", "—",
})  # fmt: skip
_NAME_WORDS = re.compile(r"[^\s,;|/–—-]+|[,;|/–—-]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled tables of page furniture."""

    lines: dict[str, re.Pattern[str]]
    words: dict[str, tuple[frozenset[str], frozenset[str]]]  # kind -> vocabulary, keys
    support: re.Pattern[str]
    asks: tuple[re.Pattern[str], ...]
    reader: re.Pattern[str]
    self: re.Pattern[str]
    related_inline: re.Pattern[str]
    weak_leads: re.Pattern[str]
    caption_starts: re.Pattern[str]
    credits: re.Pattern[str]
    roles: re.Pattern[str]
    comment_headers: re.Pattern[str]
    actions: frozenset[str]
    action_keys: frozenset[str]
    ranks: frozenset[str]
    html: dict[str, str]


def _any(patterns: Iterable[str], *, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


@lru_cache(maxsize=1)
def load_table() -> dict[str, Any]:
    """The table of page furniture as it is written."""
    return tomllib.loads((files("trucewatch") / "data" / "furniture.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The tables of page furniture, compiled once."""
    raw = load_table()
    promotion, related, caption, comments = raw["promotion"], raw["related"], raw["caption"], raw["comments"]
    return Lexicon(
        lines={kind: _any(related["headers"] if kind == "related" else raw[kind]["lines"]) for kind in _ORDER},
        words={k: (frozenset(raw[k]["words"]), frozenset(raw[k]["keys"])) for k in ("navigation", "widget")},
        support=re.compile(rf"(?:please )?(?i:{'|'.join(promotion['support'])}) (?P<name>(?:the |The )?[A-Z0-9].*)"),
        asks=tuple(re.compile(pattern, re.IGNORECASE) for pattern in promotion["asks"]),
        reader=_any(promotion["reader"]),
        self=_any(promotion["self"]),
        related_inline=_any(related["inline"]),
        weak_leads=_any(related["weak"]),
        caption_starts=_any(caption["starts"]),
        credits=_any(caption["credits"], flags=0),
        roles=re.compile(
            rf"(?:{_NAME} ){{1,3}}{_NAME},? (?:the |our |[Oo]ur )?(?:\w+ )?(?i:{'|'.join(raw['byline']['roles'])})"
            r"(?:s? (?:in|for|at) .{2,40})?"
        ),
        comment_headers=_any(comments["headers"]),
        actions=frozenset(comments["actions"]),
        action_keys=frozenset(comments["keys"]),
        ranks=frozenset(comments["ranks"]),
        html={word: kind for kind, words in raw["html"].items() for word in words},
    )


def local_kind(unit: Unit, *, alone: bool = False) -> str | None:
    """What a line is by its own words, or None where it may be body, title or summary.

    `alone`: the page has no other running text, so a caption or promotion sentence must not be seen in it.
    """
    line = unit.line
    if not line:
        return None
    if is_meter(line):
        return "donation_meter"
    kind = _by_line(unit, line)
    if kind is not None:
        return kind
    if unit.bullet and unit.prose:
        return None
    if is_dateline(line):
        return "dateline"
    if is_byline(line):
        return "byline"
    if _is_support(line) or (not alone and _is_appeal(unit, line)):
        return "promotion"
    return None if alone else _caption(unit, line)


def _by_line(unit: Unit, line: str) -> str | None:
    """The first kind of which a pattern matches the whole line, or whose words make up all of it."""
    lexicon = load_lexicon()
    for kind in _ORDER:
        if lexicon.lines[kind].fullmatch(line.rstrip(": ") if kind == "related" else line) and not _tells(unit, line):
            return kind
    long = unit.full_stop and len(unit.words) >= 14
    if not long and lexicon.related_inline.fullmatch(line) and not _tells(unit, line):
        return "related"
    if len(unit.words) <= 24:
        for kind in ("widget", "navigation"):
            if _made_of(unit, line, kind):
                return kind
    return None


def is_weak_lead(line: str) -> bool:
    """Whether a line in a body leads to another article by its kind alone ("Explainer: ...")."""
    return load_lexicon().weak_leads.fullmatch(line) is not None


def _tells(unit: Unit, line: str) -> bool:
    """Whether a line that matches a pattern is still a reported sentence: somebody is said to say it."""
    return unit.prose and bool(_SAYS.search(line) or _QUOTE.search(line)) and len(unit.words) >= 9


def _made_of(unit: Unit, line: str, kind: str) -> bool:
    """Whether all words of a line stand in the vocabulary of a kind, one of them in its keys."""
    vocabulary, keys = load_lexicon().words[kind]
    told = [word for word in unit.words if not _is_number(word)]
    if not told or unit.full_stop:
        return False
    if kind == "navigation":
        items = [item for item in _SEPARATED.split(unit.text.strip()) if item]
        if len(items) >= 3 and all(len(item.split()) <= 3 and item[-1:] != "." for item in items):
            return any(word in vocabulary for word in told) or _shares_key(line)
        if len(told) < 2 and told[0] not in keys:
            return False
        if len(told) > 1 and len(items) == 1 and sum(word in keys for word in told) < 2:
            return False
    return all(word in vocabulary for word in told) and any(word in keys for word in told)


def _shares_key(line: str) -> bool:
    return line.count("|") >= 2 or line.count("›") >= 1 or line.count("»") >= 1


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _is_support(line: str) -> bool:
    """ "Support The Daily Page": an imperative, then nothing but names."""
    match = load_lexicon().support.fullmatch(line.rstrip("!.: "))
    if match is None or len(line.split()) > 9:
        return False
    names = match["name"].split()
    return all(w[:1].isupper() or w[:1].isdigit() or w in _PARTICLES for w in names) and not line.endswith("?")


def _is_appeal(unit: Unit, line: str) -> bool:
    """A sentence that asks the reader for something: money, an address, a click."""
    lexicon = load_lexicon()
    low = line.lower()
    if _QUOTE.search(line) or _SAYS.search(low):
        return False
    if not lexicon.reader.search(low):
        return False
    asks = sum(bool(pattern.search(low)) for pattern in lexicon.asks)
    if not asks:
        return False
    return asks + bool(lexicon.self.search(low)) >= 2


def support_name(line: str) -> str | None:
    """The name that a line of promotion asks to support or subscribe to: the outlet, most often."""
    match = load_lexicon().support.match(line)
    if match is None:
        return None
    found = re.match(
        r"(?:[Tt]he )?(?:[A-Z][\w'’&.\-]*)(?: (?:of|the|and|for|&|de|al) (?=[A-Z])| (?=[A-Z])|[A-Z][\w'’&.\-]*)*",
        match["name"],
    )
    name = found[0].strip() if found else ""
    return name or None


def is_byline(line: str) -> bool:
    """Whether a line tells who wrote it, and nothing else."""
    match = _BY.fullmatch(line)
    if match is None:
        return bool(load_lexicon().roles.fullmatch(line)) and len(line.split()) <= 10
    words = _NAME_WORDS.findall(match["names"])
    if len(words) > 16 or (not words[0][:1].isupper() and words[0].lower() not in ("our", "the", "staff")):
        return False
    if re.match(
        r"(?:the time|then|now|noon|midnight|dawn|\w+day\b|\w+ \d)", match["names"], re.IGNORECASE
    ) and line.endswith("."):
        return False
    small = [w for w in words if not w[:1].isupper() and w.lower() not in _PARTICLES and not w[:1].isdigit()]
    return len(small) <= 2 and not re.search(r"\b(?:was|were|had|has|have|is|are|said|killed)\b", line)


def _caption(unit: Unit, line: str) -> str | None:
    lexicon = load_lexicon()
    if lexicon.caption_starts.fullmatch(line) and len(unit.words) <= 60 and not (unit.prose and _SAYS.search(line)):
        return "caption"
    found = lexicon.credits.search(line)
    if found is None or len(unit.words) > 55 or line.count(". ") > 2:
        return None
    return None if _SAYS.search(line[: found.start()]) else "caption"
