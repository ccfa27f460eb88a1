"""How well numbers are read: deaths in headlines, killed and injured of an incident told in news, number phrases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trucewatch.coding.count_numbers import find_quantities
from trucewatch.coding.count_tables import load_tables
from trucewatch.coding.counts import find_counts
from trucewatch.model import Count, Document

Parse = Callable[[str], Document]


def value_of(count: Count) -> float | None:
    """The one number that stands for a count: its best, else its low, else its high."""
    return next((value for value in (count.best, count.low, count.high) if value is not None), None)


def total(counts: Sequence[Count], whats: Sequence[str]) -> int:
    """What an article tells of an incident in all: the highest number told of those whats; 0 if none is told.

    Toll updates and parts ("including three children") are never summed.
    """
    values = [value for count in counts if count.what in whats and (value := value_of(count)) is not None]
    return int(max(values, default=0))


def headline_deaths(rows: Iterable[Mapping[str, Any]], parse: Parse) -> dict[str, float]:
    """Share of headlines whose number of deaths falls within the coded low and high, of those that tell the best."""
    told = right = 0
    for row in rows:
        if not row["headline_has_best"]:
            continue
        counts = find_counts(parse(row["headline"]))
        told += 1
        low, high = row["deaths"]["low"], row["deaths"]["high"]
        dead = [c for c in counts if c.what in ("killed", "killed_or_wounded")]
        right += any(_within(c, low, high) for c in dead)
    return {"headlines": told, "right": round(right / told, 3) if told else 0.0}


def _within(count: Count, low: float, high: float) -> bool:
    """Whether a count agrees with a coded range; "more than 73" agrees with 73 as coded."""
    value = value_of(count)
    return value is not None and (low <= value <= high or (count.best is None and low <= value - 1 <= high))


#: Words that tell a death, or a wound, of one person where no number is told ("Ketron Nathan was shot dead").
_DEATH = re.compile(
    r"\b(?:died|dies|dead|kill(?:ed|s|ing)|fatal(?:ly)?|homicide|murder|death|deadly|slain|body)\b", re.IGNORECASE
)
_WOUND = re.compile(r"\b(?:wound(?:ed|s)?|injur(?:ed|es|y|ies)|hurt|hospital(?:ized)?|shot|gunshot)\b", re.IGNORECASE)
#: How much of an article, in characters, tells the incident itself; what follows is often background.
_LEAD = 700


def incident(doc: Document) -> tuple[int, int]:
    """The killed and injured that an article tells of its incident.

    Named single victims are no counts of the record; here a death or wound told without a number stands for one.
    "Five shot" less the killed are the injured.
    """
    counts = find_counts(doc)
    lead = doc.text[:_LEAD]
    killed = total(counts, ("killed",)) or int(bool(_DEATH.search(lead)))
    injured = total(counts, ("wounded",))
    hit = total(counts, ("killed_or_wounded",))
    if not injured and hit:
        injured = max(0, hit - killed)
    if not injured and not killed and _WOUND.search(lead):
        injured = 1
    return killed, injured


def incident_totals(rows: Iterable[Mapping[str, Any]], parse: Parse) -> dict[str, float]:
    """Share of articles whose killed and injured are read exactly."""
    n = killed = injured = 0
    for row in rows:
        if "gold" not in row:
            continue
        found = incident(parse(f"{row['title']}.\n\n{row['text']}"))
        n += 1
        killed += found[0] == row["gold"]["killed"]
        injured += found[1] == row["gold"]["injured"]
    return {"articles": n, "killed": round(killed / max(1, n), 3), "injured": round(injured / max(1, n), 3)}


def number_phrases(rows: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Share of annotated number phrases whose number is read with the right value."""
    tables = load_tables()
    n = right = 0
    for row in rows:
        text = row["text"]
        found = find_quantities(text, 0, len(text), tables)
        for gold in row["quantities"]:
            n += 1
            inside = [q for q in found if q.core[0] < gold["end"] and gold["start"] < q.core[1]]
            spread = gold.get("uncertainty") or 0
            right += any(
                q.best == gold["value"] or (q.low == gold["value"] - spread and q.high == gold["value"] + spread)
                for q in inside
            )
    return {"phrases": n, "right": round(right / max(1, n), 3)}
