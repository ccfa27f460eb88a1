"""Score the times stage against sets of others: TempEval-3, MEANTIME, Recognizers-Text, ctparse.

Each function takes the lines of a set and gives numbers between 0 and 1. Relaxed span F1 and value F1 follow
UzZaman et al. 2013 (SemEval-2013 task 1): a span counts where it overlaps, a value where it is equal besides.
Layer: benches.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from trucewatch.model import Document, Part, Published, Report, Sentence, TimeMention
from trucewatch.times.resolve import find_times

Parse = Callable[[str], Sequence[Sentence]]
_PARTS = (
    ("morning", "TMO"),
    ("afternoon", "TAF"),
    ("evening", "TEV"),
    ("tonight", "TNI"),
    ("night", "TNI"),
    ("dawn", "TMO"),
)
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_UNIT = re.compile(r"(second|minute|hour|day|night|week|month|quarter|year|decade|centur)", re.IGNORECASE)
_LETTERS = {
    "second": "TXS",
    "minute": "TXM",
    "hour": "TXH",
    "day": "XD",
    "night": "XD",
    "week": "XW",
    "month": "XM",
    "quarter": "XQ",
    "year": "XY",
    "decade": "XDE",
    "centur": "XCE",
}


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of spans, the same of values, and the errors as (kind, gold, found)."""

    precision: float
    recall: float
    f1: float
    value_f1: float
    errors: tuple[tuple[str, str, str], ...] = ()


def document(text: str, published: str | None, parse: Parse) -> Document:
    """A document of one body part, published on an ISO date."""
    report = Report(
        id="", source="", text=text, published=Published(value=published, precision="day", basis="user"),
        parts=[Part(kind="body", span=(0, len(text)))],
    )  # fmt: skip
    return Document(report, tuple(parse(text)))


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def tempeval(rows: Iterable[dict[str, Any]], parse: Parse) -> Score:
    """Relaxed span F1 and value F1 over TempEval-3 documents."""
    hits = values = found = wanted = 0
    errors: list[tuple[str, str, str]] = []
    for row in rows:
        doc = document(row["text"], row["dct"][:10], parse)
        mine = [t for t in find_times(doc, None) if t.span]
        gold = [t for t in row["timexes"] if t.get("functionInDocument") != "CREATION_TIME"]
        used: set[int] = set()
        for timex in gold:
            match = _overlapping(mine, timex["start"], timex["end"], used)
            if match is None:
                errors.append(("missed", timex["text"], timex["value"]))
                continue
            used.add(match)
            hits += 1
            value = timex_value(mine[match])
            if _plain(value) == _plain(timex["value"]):
                values += 1
            else:
                errors.append(("value", f"{timex['text']} = {timex['value']}", f"{mine[match].text} = {value}"))
        errors.extend(("extra", "", f"{t.text}") for k, t in enumerate(mine) if k not in used)
        found, wanted = found + len(mine), wanted + len(gold)
    precision, recall = hits / max(found, 1), hits / max(wanted, 1)
    return Score(precision, recall, _f1(hits, found, wanted), _f1(values, found, wanted), tuple(errors))


def _plain(value: str) -> str:
    """A value in one of its equal forms: 24 hours are a day, week 7 is week 07."""
    hours = re.fullmatch(r"PT(\d+)H", value)
    if hours and int(hours[1]) % 24 == 0:
        return f"P{int(hours[1]) // 24}D"
    return re.sub(r"-W(\d)$", r"-W0\1", value)


def _f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 0.0


def _overlapping(mine: Sequence[TimeMention], start: int, end: int, used: set[int]) -> int | None:
    """The mention that overlaps a span the most, not yet used; None for none."""
    best, size = None, 0
    for k, time in enumerate(mine):
        span = time.span or (0, 0)
        common = min(end, span[1]) - max(start, span[0])
        if common > size and k not in used:
            best, size = k, common
    return best


def timex_value(time: TimeMention) -> str:
    """The TIMEX3 value that a mention stands for; an empty string where it stands for none."""
    text = (time.text or "").lower()
    if time.kind == "duration" or (
        time.duration and time.precision not in (None, "hour", "minute") and "past" not in (time.basis or "")
    ):
        return time.duration or _unknown_amount(text)
    if time.kind == "set":
        return time.duration or ""
    if time.start is None and time.end is None:
        return (
            "PAST_REF"
            if text in ("recently", "lately")
            else "PRESENT_REF"
            if text in ("now", "currently", "nowadays")
            else ""
        )
    if (time.start is None or time.end is None) and re.search(r"\b(?:recent|coming|past|last|next)\b.*s$", text):
        return _unknown_amount(text)
    start = time.start or _before(time)
    if text.startswith("after ") and time.end is None and time.precision == "day" and "X" not in start:
        return date.fromordinal(date.fromisoformat(start[:10]).toordinal() - 1).isoformat()
    quarter = time.precision == "month" and "quarter" in text
    if quarter and start[5:7].isdigit():
        return f"{start[:4]}-Q{(int(start[5:7]) + 2) // 3}"
    season = next((code for word, code in _SEASONS.items() if word in text), None)
    if season and time.precision == "month":
        return f"{start[:4]}-{season}"
    if time.precision == "year":
        return start[:3] if time.end and int(time.end[:4]) - int(start[:4]) == 10 else start[:4]
    if time.precision == "month":
        return start[:7]
    if time.precision == "week" and "X" not in start:
        return start[:7] if re.search(r"early|late|mid|end|start|beginning", text) else _week(start, time)
    if time.precision == "part_of_day":
        code = next((code for word, code in _PARTS if word in text), "")
        day = (time.end or start)[:10] if "overnight" in text or "dawn" in text else start[:10]
        return day + code
    if time.precision in ("hour", "minute"):
        return start
    return start[:10]


def _before(time: TimeMention) -> str:
    """The last unit before an open start's end: "until Friday" tells Friday."""
    end = time.end or ""
    if time.precision == "day" and "X" not in end:
        return date.fromordinal(date.fromisoformat(end[:10]).toordinal() - 1).isoformat()
    if time.precision in ("month", "year") and "X" not in end:
        return date.fromordinal(date.fromisoformat(end[:10]).toordinal() - 1).isoformat()
    return end


def _week(start: str, time: TimeMention) -> str:
    year, week, _ = date.fromisoformat(start[:10]).isocalendar()
    return f"{year}-W{week:02d}"


def _unknown_amount(text: str) -> str:
    unit = _UNIT.search(text)
    return "P" + _LETTERS[unit[1].lower()] if unit else ""


def meantime_dates(rows: Iterable[dict[str, Any]], parse: Parse) -> tuple[float, list[str]]:
    """Recall of the full dates annotated in MEANTIME, and what was missed."""
    right, total, missed = 0, 0, []
    for row in rows:
        doc = document(row["text"], (row.get("dct") or "")[:10] or None, parse)
        mine = find_times(doc, None)
        for timex in row["timexes"]:
            spans = timex.get("spans") or []
            if timex["type"] != "DATE" or not re.fullmatch(r"\d{4}-\d\d-\d\d", timex["value"]) or not spans:
                continue
            if spans[-1][1] > row.get("annotated_end", len(row["text"])):
                continue
            total += 1
            start, end = spans[0][0], spans[-1][1]
            near = [t for t in mine if t.span and t.span[0] < end and t.span[1] > start]
            if any(
                timex["value"] in ((t.start or "")[:10], _before(t) if t.start is None and t.end else "") for t in near
            ):
                right += 1
            else:
                missed.append(f"{timex['text']} = {timex['value']}: {[(t.text, t.start) for t in near]}")
    return right / max(total, 1), missed


#: The kinds of Recognizers-Text that the stage is about; what is left out asks for calendars of meetings.
_KINDS = {"date", "daterange", "time", "timerange", "datetime", "datetimerange", "duration", "set"}


def recognizers(rows: Iterable[dict[str, Any]], parse: Parse) -> tuple[float, list[str]]:
    """The share of Recognizers-Text's DateTimeModel phrases of our kinds that are found with the same resolution."""
    right, total, missed = 0, 0, []
    for row in rows:
        if row["set"] != "DateTime/DateTimeModel":
            continue
        doc = document(row["text"], (row["ref"] or "")[:10] or None, parse)
        mine = find_times(doc, None)
        for wanted in row["annotations"]:
            kind = (wanted["type"] or "").rpartition(".")[2]
            if kind not in _KINDS:
                continue
            total += 1
            near = [t for t in mine if t.span and t.span[0] <= wanted["end"] and t.span[1] > wanted["start"]]
            if any(_resolves(t, kind, value) for t in near for value in wanted["resolution"]["values"]):
                right += 1
            else:
                found = [(t.text, t.start, t.end, t.duration) for t in near]
                missed.append(f"{row['ref']} {wanted['text']} ({kind}) = {wanted['resolution']['values']}: {found}")
    return right / max(total, 1), missed


def _resolves(time: TimeMention, kind: str, value: dict[str, str]) -> bool:
    """Whether a mention, in one of its readings, is the resolution asked for."""
    if kind == "duration":
        return time.kind == "duration" and _seconds(time.duration) == float(value.get("value", -1))
    if kind == "set":
        return time.kind == "set"
    pairs = [(time.start, time.end), *((r.start, r.end) for r in time.readings)]
    if kind in ("date", "datetime", "time"):
        told = value.get("value", "").replace(" ", "T")[:16]
        if kind == "time":
            return any((a or b or "")[11:16] == told[:5] for a, b in pairs)
        return any((a or "").startswith(told[:10] if kind == "date" else told) for a, b in pairs)
    start, end = (value.get(key, "").replace(" ", "T")[:16] for key in ("start", "end"))
    if kind == "timerange":
        return any((a or "")[11:16] == start[:5] and (b or "")[11:16] == end[:5] for a, b in pairs)
    return any(_same(a, start) and _same(b, end) for a, b in pairs)


def _same(one: str | None, other: str) -> bool:
    return (one or "")[: len(other)] == other if other else one is None


def _seconds(duration: str | None) -> float | None:
    match = re.fullmatch(
        r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", duration or ""
    )
    if not match:
        return None
    factors = (31536000, 2592000, 604800, 86400, 3600, 60, 1)
    return float(sum(int(g or 0) * f for g, f in zip(match.groups(), factors, strict=True)))


def ctparse(rows: Iterable[dict[str, Any]], parse: Parse) -> tuple[float, list[str]]:
    """The share of ctparse's English phrases that tell a date or clock and are read as it reads them."""
    right, total, missed = 0, 0, []
    for row in rows:
        gold = re.fullmatch(r"Time\[\]\{(\d{4}-\d\d-\d\d|X-X-X) (\d\d:\d\d|X:X) \(X/X\)\}", row["gold_parse"])
        if row.get("language") != "en" or gold is None:
            continue
        total += 1
        doc = document(row["text"], row["ref_time"][:10], parse)
        mine = find_times(doc, None)
        day, clock = gold[1], gold[2]
        starts = [s for t in mine for s in (t.start, t.end, *(r.start for r in t.readings)) if s]
        if any((day == "X-X-X" or s[:10] == day) and (clock == "X:X" or s[11:16] == clock) for s in starts):
            right += 1
        else:
            missed.append(
                f"{row['ref_time'][:10]} {row['text']} = {row['gold_parse']}: {[(t.text, t.start) for t in mine]}"
            )
    return right / max(total, 1), missed


def run(gold: Path, parse: Parse) -> dict[str, float]:
    """All numbers of the stage over the sets in a folder laid out as `times/` of the gold sets."""
    dev = tempeval(lines(gold / "tempeval3" / "dev.jsonl"), parse)
    return {
        "tempeval3_relaxed_f1": dev.f1,
        "tempeval3_value_f1": dev.value_f1,
        "meantime_full_dates": meantime_dates(lines(gold / "meantime" / "dev.jsonl"), parse)[0],
        "recognizers_text": recognizers(lines(gold / "recognizers_text" / "specs.jsonl"), parse)[0],
        "ctparse": ctparse(lines(gold / "ctparse" / "specs.jsonl"), parse)[0],
    }
