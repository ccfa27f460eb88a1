"""Reads the golden truces of tests/gold/truce: a text, its claims in short form, and what must be told of
its truces.

title, summary, body   the parts of the report, joined by blank lines
published              its date, where known
[[places]]             at (the words), name, level, within (names, the country last)
[[times]]              at, start, end, precision, kind, duration, basis
[[anchors]]            kind, at, start, end, precision
[[claims]]             id, type, at (the words of the claim), trigger (words in it), and what differs from
the rule: status, polarity, factuality, voice, source [words, name, kind, side],
                       actors [[role, words, name, kind, side]], place (name or words), to, time (the words
                       of one of the times), basis, counts [[words, what, low, best, high]] with "" for null,
                       nth (the trigger's occurrence in the claim)
[[truces]]             expected, in order; every key given is compared (see `told`)
[links]                claim id -> [label, relation], or [] for none; claims that are not named are not
compared tensions               words of the expected tension notes
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch.model import (
    AcledCode,
    ActorRole,
    Attribution,
    Claim,
    ClaimPlace,
    Count,
    Document,
    Event,
    Mentions,
    Part,
    Place,
    PlaceMention,
    PloverCode,
    Published,
    Report,
    Source,
    Time,
    TimeMention,
    Truce,
    Unresolved,
    Utc,
    Within,
    Words,
)

GOLD = Path(__file__).parent.parent / "gold" / "truce"


@dataclass(frozen=True)
class Anchor:
    """A time that other words imply for a truce."""

    kind: str
    span: tuple[int, int]
    text: str
    time: Time
    why: str


@dataclass(frozen=True)
class Case:
    """A golden truce, ready to be followed."""

    doc: Document
    claims: list[Claim]
    mentions: Mentions
    anchors: list[Anchor]
    raw: dict[str, Any]


def load(path: Path) -> Case:
    """The case of one file."""
    return build(tomllib.loads(path.read_text(encoding="utf-8")))


def build(raw: dict[str, Any]) -> Case:
    """The case that a table tells."""
    text, parts = "", []
    for kind in ("title", "summary", "body"):
        if raw.get(kind):
            start = len(text)
            text += raw[kind].strip() + "\n\n"
            parts.append(Part(kind=kind, span=(start, len(text))))
    report = Report(
        id=f"case:{raw.get('name', '')}", source="case", text=text, parts=parts,
        published=Published(value=raw.get("published"), basis="user" if raw.get("published") else None),
    )  # fmt: skip
    places = [_place(text, row, i) for i, row in enumerate(raw.get("places", []))]
    times = [_time(text, row, i) for i, row in enumerate(raw.get("times", []))]
    claims = [_claim(text, row, places, times) for row in raw.get("claims", [])]
    anchors = [_anchor(text, row) for row in raw.get("anchors", [])]
    return Case(Document(report, ()), claims, Mentions(places=places, times=times), anchors, raw)


def find(text: str, words: str, start: int = 0, end: int | None = None, nth: int = 1) -> tuple[int, int]:
    """The span of the nth occurrence of some words."""
    at = start - 1
    for _ in range(nth):
        at = text.find(words, at + 1, len(text) if end is None else end)
        if at < 0:
            raise AssertionError(f"the case has no words {words!r}")
    return at, at + len(words)


def _place(text: str, row: dict[str, Any], i: int) -> PlaceMention:
    names = row.get("within", [])
    levels = ["country"] if len(names) == 1 else ["settlement", "adm1", "country"][-len(names) :] if names else []
    span = find(text, row["at"], nth=row.get("nth", 1))
    return PlaceMention(
        id=f"p{i}", span=span, text=row["at"], name=row.get("name", row["at"]),
        level=row.get("level", "settlement"),
        within=[Within(name=n, level=level) for n, level in zip(names, levels, strict=True)],
        modifier=row.get("modifier"),
    )  # fmt: skip


def _time(text: str, row: dict[str, Any], i: int) -> TimeMention:
    start, end = row.get("start"), row.get("end")
    return TimeMention(
        id=f"t{i}", span=find(text, row["at"], nth=row.get("nth", 1)), text=row["at"], start=start, end=end,
        utc=Utc(start=row["utc"][0], end=row["utc"][1]) if "utc" in row else None,
        kind=row.get("kind", "duration" if "duration" in row else "time"), duration=row.get("duration"),
        precision=row.get("precision", "hour" if start and "T" in start else "day" if start else None),
        basis=row.get("basis", "explicit"),
    )  # fmt: skip


def _anchor(text: str, row: dict[str, Any]) -> Anchor:
    time = Time(
        start=row.get("start"),
        end=row.get("end"),
        precision=row.get("precision", "hour"),
        basis="event_relative",
    )
    return Anchor(row["kind"], find(text, row["at"]), row["at"], time, row.get("why", ""))


def _claim(text: str, row: dict[str, Any], places: list[PlaceMention], times: list[TimeMention]) -> Claim:
    span = find(text, row["at"])
    trigger = find(text, row.get("trigger", row["at"]), *span, nth=row.get("nth", 1))
    return Claim(
        id=row["id"],
        event=Event(
            type=row["type"], acled=AcledCode(), plover=PloverCode(),
            trigger=Words(span=trigger, text=text[slice(*trigger)]),
        ),
        status=row.get("status", "calm" if row["type"] == "calm" else "happened"),
        polarity=row.get("polarity", "affirmed"),
        factuality=row.get("factuality", -3.0 if row.get("polarity") == "denied" else 3.0),
        actors=[_actor(text, actor, span) for actor in row.get("actors", [])],
        place=_claim_place(row, places),
        time=_claim_time(row, times),
        counts=[_count(text, count, span) for count in row.get("counts", [])],
        attribution=_attribution(text, row),
        span=span,
    )  # fmt: skip


def _actor(text: str, row: list[str], span: tuple[int, int]) -> ActorRole:
    role, words, name, kind, *side = row
    at = find(text, words, *span) if words in text[span[0] : span[1]] else find(text, words)
    return ActorRole(role=role, span=at, text=words, name=name or None, kind=kind, side=side[0] if side else None)


def _claim_place(row: dict[str, Any], places: list[PlaceMention]) -> ClaimPlace:
    def named(key: str) -> Place | None:
        wanted = row.get(key)
        mention = next((p for p in places if wanted in (p.text, p.name)), None)
        if wanted and mention is None:
            raise AssertionError(f"the case has no place {wanted!r}")
        return Place(**{f: getattr(mention, f) for f in Place.__struct_fields__}) if mention else None

    here = named("place")
    if here is None:
        return ClaimPlace(to=named("to"), unresolved=Unresolved(missing=["place"], why="not told"))
    return ClaimPlace(**{f: getattr(here, f) for f in Place.__struct_fields__}, to=named("to"))


def _claim_time(row: dict[str, Any], times: list[TimeMention]) -> Time:
    if "time" not in row:
        return Time(unresolved=Unresolved(missing=["start", "end"], why="no time is told"))
    mention = next((t for t in times if t.text == row["time"]), None)
    if mention is None:
        raise AssertionError(f"the case has no time {row['time']!r}")
    fields = {f: getattr(mention, f) for f in Time.__struct_fields__}
    return Time(**{**fields, "basis": row.get("basis", mention.basis)})


def _count(text: str, row: list[Any], span: tuple[int, int]) -> Count:
    words, what, low, best, high = row
    word = words if low == best == high == "" or (best == "" and high == "") else None
    values = [None if value == "" else value for value in (low, best, high)]
    return Count(
        span=find(text, words, *span),
        text=words,
        what=what,
        low=values[0],
        best=values[1],
        high=values[2],
        word=word,
    )


def _attribution(text: str, row: dict[str, Any]) -> Attribution:
    source = row.get("source")
    if source is None:
        return Attribution(voice=row.get("voice", "outlet"))
    words, name, kind, *side = source
    return Attribution(
        voice=row.get("voice", "named"),
        source=Source(
            span=find(text, words), text=words, name=name or None, kind=kind, side=side[0] if side else None
        ),
    )  # fmt: skip


def told(truce: Truce, key: str) -> Any:
    """What a truce tells under a key of a case's expectation, in its short form."""
    judgement = truce.judgement
    match key:
        case "labels":
            return [label.text for label in truce.labels]
        case "area":
            return truce.area.name if truce.area else ""
        case "parties":
            return [[party.name, party.stance] for party in truce.parties]
        case "windows":
            return [[window.start or "", window.end or ""] for window in truce.windows]
        case "extensions":
            return [[e.by or "", e.until or "", e.duration or ""] for e in truce.extensions]
        case "corridors":
            return [[c.name or "", c.state, c.for_ or ""] for c in truce.corridors]
        case "movements":
            return {movement.stage: movement.claims for movement in truce.movements}
        case "terms" | "violations" | "calm" | "obstructions" | "rejections" | "undetermined":
            return [item.claims for item in getattr(truce, key)]
        case "observance" | "purpose" | "formal" | "sides_heard" | "voices_missing":
            return getattr(judgement, key)
        case "headline":
            return judgement.headline.text if judgement.headline else ""
        case _:
            return getattr(truce, key)
