"""A record as a person reads it: the truce and its judgement, a timeline, who says what, what stays open.

Every line leads to its words: in quotes, with the place in the text in square brackets.
Functions give rich renderables; only the command line prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from trucewatch.model import (
    ActorRole,
    Attribution,
    Claim,
    Count,
    Item,
    Judgement,
    Note,
    Place,
    Record,
    Report,
    Span,
    Time,
    Truce,
    Window,
)

Lines = Iterator[RenderableType]


def printed(record: Record) -> Group:
    """The whole reading of one report."""
    return Group(*_head(record.report), *_body(record), *_notes(record.notes), Text(""))


def _body(record: Record) -> Lines:
    if not record.claims:
        yield Text("\nNothing is claimed in this report that the coder reads.")
        return
    by_id = {claim.id: claim for claim in record.claims}
    for truce in record.truces:
        yield from truce_lines(truce, by_id, record.report)
    yield _title("What is said to have happened")
    for claim in by_time(record.claims):
        yield from claim_lines(claim, record.report)
    yield from _tellers(record)
    yield from _unknown(record)


def _head(report: Report) -> Lines:
    yield Text(report.title or "(no title)", style="bold")
    known = [report.outlet, report.byline, report.source]
    yield Text("   ".join(x for x in known if x), style="dim")
    when = report.published
    if when.value:
        yield Text(f"published {when.value} ({when.basis}); language {report.language}", style="dim")
    else:
        yield Text(f"no published date is known; language {report.language}", style="dim")


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold underline")


def _indent(line: str | Text, depth: int = 1, style: str = "") -> Padding:
    return Padding(Text(line, style=style) if isinstance(line, str) else line, (0, 0, 0, 2 * depth))


def quote(report: Report, span: Span | None, *, limit: int = 160) -> Text:
    """The words of a span in quotes, with their place in the text."""
    if span is None:
        return Text("")
    words = " ".join(report.text[span[0] : span[1]].split())
    if len(words) > limit:
        words = words[: limit - 3].rstrip() + "..."
    return Text(f"“{words}” [{span[0]}:{span[1]}]", style="italic dim")


# ------------------------------------------------------------------ claims


def by_time(claims: Iterable[Claim]) -> list[Claim]:
    """Claims in order of their time as far as it is told; those without one last, in order of their words."""
    return sorted(claims, key=lambda c: (c.time.start is None, c.time.start or "", c.span))


def claim_lines(claim: Claim, report: Report) -> Lines:
    """When, what, who, where, how many, how surely; then by whom it is told and the words."""
    line = Text()
    line.append(time_words(claim.time), style="cyan")
    line.append(f"  {claim.event.type.replace('_', ' ')}", style="bold")
    if claim.polarity == "denied":
        line.append("  DENIED", style="bold red")
    elif claim.status not in ("happened", "calm"):
        line.append(f"  ({claim.status})", style="yellow")
    yield _indent(line)
    for detail in _details(claim):
        yield _indent(detail, 3)
    yield _indent(f"told by {teller(claim.attribution)}{_sureness(claim)}", 3)
    yield _indent(quote(report, claim.span), 3)


def _details(claim: Claim) -> Iterator[str]:
    place = place_words(claim.place)
    if claim.places:
        place += ": " + ", ".join(place_words(p) for p in claim.places)
    if place:
        yield f"where: {place}"
    for name, other in (
        ("from", claim.place.from_),
        ("to", claim.place.to),
        ("seen from", claim.place.observer),
    ):
        if other is not None:
            yield f"{name}: {place_words(other)}"
    roles = [f"{actor.role}: {actor_words(actor)}" for actor in claim.actors]
    if roles:
        yield "; ".join(roles)
    if claim.means:
        yield "with: " + ", ".join(means.text for means in claim.means)
    if claim.counts:
        yield "how many: " + "; ".join(count_words(count) for count in claim.counts)


def actor_words(actor: ActorRole) -> str:
    """The neutral name, and the outlet's label where it is loaded."""
    name = actor.name or actor.text
    return f"{name} (called “{actor.text}”)" if actor.loaded else name


def count_words(count: Count) -> str:
    """A count in words: what is known of low, best and high."""
    bounds = {"at least": count.low, "about": count.best, "at most": count.high}
    if count.low is not None and count.low == count.best == count.high:
        number = f"{count.best:,}"
    else:
        told = {name: value for name, value in bounds.items() if value is not None}
        if count.low is not None and count.low == count.best:
            told.pop("about", None)
        number = ", ".join(f"{name} {value:,}" for name, value in told.items()) or f"“{count.word or count.text}”"
    return f"{number} {count.who or ''} {(count.what or '').replace('_', ' ')}".replace("  ", " ").strip()


def place_words(place: Place) -> str:
    """A place in words: its name, how it is modified, what holds it, and whether it is on the map."""
    if place.span is None:
        return ""
    name = place.name or place.text or ""
    if place.modifier:
        name = f"{place.modifier} {name}"
    within = next((w.name for w in place.within), None)
    if within and within != place.name:
        name += f" ({within})"
    if place.control is not None:
        name += f", held by {place.control.side or place.control.text}"
    return name + ("" if place.lat is not None or place.level == "country" else " [not on the map]")


def time_words(time: Time | Window) -> str:
    """An interval in words; `no time told` where the text tells none."""
    if time.start is None and time.end is None:
        return "no time told"
    if time.start is None:
        return f"until {_clock(time.end)}"
    if time.end is None:
        return f"from {_clock(time.start)}, end not told"
    if time.precision in ("minute", "hour", "day", "month", "year"):
        about = "about " if time.precision == "hour" else ""
        return (
            about + _clock(time.start)
            if not isinstance(time, Window)
            else f"{_clock(time.start)} to {_clock(time.end)}"
        )
    return f"{_clock(time.start)} to {_clock(time.end)}"


def _clock(value: str | None) -> str:
    return (value or "").replace("T", " ")


def teller(attribution: Attribution) -> str:
    """Who tells it, and whom he cites."""
    if attribution.voice == "outlet":
        return "the outlet in its own voice"
    if attribution.voice == "hearsay":
        cue = f" (“{attribution.cue.text}”)" if attribution.cue else ""
        return f"hearsay, no source named{cue}"
    source = attribution.source
    name = (source.name or source.text) if source else "a source"
    chain = "".join(f", citing {link.name or link.text}" for link in attribution.chain)
    return name + chain


def _sureness(claim: Claim) -> str:
    hedges = ", ".join(f"“{hedge.text}”" for hedge in claim.hedges)
    return f"; hedged: {hedges}" if hedges else ""


# ------------------------------------------------------------------ truces


def truce_lines(truce: Truce, claims: dict[str, Claim], report: Report) -> Lines:
    """One truce: what it is, its window and parties, what is told of it, and the judgement with reasons."""
    label = truce.labels[0].text if truce.labels else "truce"
    area = f" in {place_words(truce.area)}" if truce.area and truce.area.span else ""
    yield _title(f"The {label}{area}")
    yield from judgement_lines(truce.judgement, claims, report)
    computed = truce.computed_type.replace("_", " ")
    declared = (truce.declared_type or "not told").replace("_", " ")
    yield _indent(f"called: {declared}; by the glossary: {computed}")
    for window in truce.windows:
        yield _indent(Text(f"window: {time_words(window)} ").append_text(quote(report, window.span)))
        for reading in window.readings:
            yield _indent(f"or: {_clock(reading.start)} to {_clock(reading.end) or 'not told'} ({reading.why})", 2)
        if window.unresolved:
            yield _indent(f"open: {', '.join(window.unresolved.missing)} ({window.unresolved.why})", 2)
    for party in truce.parties:
        yield _indent(f"party: {party.name}: {party.stance}")
    for extension in truce.extensions:
        length = extension.until or extension.duration or "length not told"
        yield _indent(f"extended by {extension.by or 'nobody named'}: {length}")
    for corridor in truce.corridors:
        yield _indent(f"corridor: {corridor.name or 'without a name'}: {corridor.state.replace('_', ' ')}")
    for title, items in _lists(truce):
        yield from _items(title, items, claims, report)


def _lists(truce: Truce) -> Iterator[tuple[str, Sequence[Item]]]:
    moved = [Item(claims=m.claims, why=m.stage.replace("_", " ")) for m in truce.movements]
    yield "violations", truce.violations
    yield "calm", truce.calm
    yield "obstructions", truce.obstructions
    yield "movements", moved
    yield "rejections", truce.rejections
    yield "in or out of the window cannot be told", truce.undetermined


def _items(title: str, items: Sequence[Item], claims: dict[str, Claim], report: Report) -> Lines:
    for item in items:
        yield _indent(f"{title}: {item.why or ''}")
        for id in item.claims[:3]:
            if id in claims:
                yield _indent(quote(report, claims[id].span, limit=100), 3)


def judgement_lines(judgement: Judgement, claims: dict[str, Claim], report: Report) -> Lines:
    """The three answers, each with its reasons and their words; who was heard, who was not."""
    yield _indent(judgement.summary)
    for about, answer in (
        ("observance", judgement.observance),
        ("purpose", judgement.purpose),
        ("formal", judgement.formal),
    ):
        name = {
            "observance": "Did it hold?",
            "purpose": "Did it reach its purpose?",
            "formal": "Is it in force?",
        }[about]
        yield _indent(Text(f"{name} ").append(answer.replace("_", " "), style="bold"))
        for reason in (r for r in judgement.reasons if r.about == about):
            sign = "+" if reason.for_or_against == "for" else "-"
            yield _indent(f"{sign} {reason.says}", 2)
            for id in reason.claims[:2]:
                if id in claims:
                    yield _indent(quote(report, claims[id].span, limit=100), 4)
    if judgement.headline:
        yield _indent(Text("the outlet's verdict: ").append_text(quote(report, judgement.headline.span)))
    heard = ", ".join(judgement.sides_heard) or "nobody beside the outlet"
    yield _indent(f"heard: {heard}; missing: {', '.join(judgement.voices_missing) or 'nobody that the rules know of'}")


# ------------------------------------------------------------------ tellers, unknowns, notes


def _tellers(record: Record) -> Lines:
    tellers: dict[str, list[Claim]] = {}
    for claim in record.claims:
        tellers.setdefault(teller(claim.attribution), []).append(claim)
    yield _title("Who says it")
    for name, told in tellers.items():
        types: dict[str, int] = {}
        for claim in told:
            types[claim.event.type] = types.get(claim.event.type, 0) + 1
        listed = ", ".join(f"{t.replace('_', ' ')}{f' x{n}' if n > 1 else ''}" for t, n in types.items())
        yield _indent(f"{name}: {listed}")


def _unknown(record: Record) -> Lines:
    lines: list[str] = []
    for claim in record.claims:
        what = claim.event.type.replace("_", " ")
        for name, value in (("place", claim.place), ("time", claim.time)):
            unresolved = value.unresolved
            if unresolved is not None:
                lines.append(f"{what}, {name}: {unresolved.why}")
    if lines:
        yield _title("What is not known")
        for line in dict.fromkeys(lines):
            yield _indent(f"- {line}")


def _notes(notes: Sequence[Note]) -> Lines:
    if notes:
        yield _title("Notes")
    for note in notes:
        where = f" [{note.span[0]}:{note.span[1]}]" if note.span else ""
        yield _indent(f"{note.level}: {note.message}{where}", style="red" if note.level == "error" else "yellow")
