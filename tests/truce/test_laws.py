"""Laws of the judgement, on claims that hypothesis makes up."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from trucewatch.model import (
    AcledCode,
    ActorRole,
    Attribution,
    Claim,
    Document,
    Event,
    Mentions,
    PloverCode,
    Report,
    Source,
    Time,
    TimeMention,
    Truce,
    Words,
)
from trucewatch.truce.follow import follow

LEAD = "The army declared a ceasefire from 08:00 to 16:00 on Monday. "
INCIDENT = "Shells fell. "
MANY = 12
TEXT = LEAD + INCIDENT * MANY
WINDOW = (LEAD.index("from 08:00"), LEAD.index("."))
TYPES = (
    "shelling",
    "shooting",
    "clash",
    "calm",
    "aid_delivered",
    "aid_obstructed",
    "movement_crossed",
    "talks",
)
SOURCES = (
    None,
    ("the army", "army", "state_forces", "XX:government"),
    ("rebels", "rebels", "rebel_group", "XX:rebels"),
)


def clock(hour: int) -> str:
    """An hour of the Monday, or of the day after it."""
    return f"2020-06-{1 + hour // 24:02d}T{hour % 24:02d}:00"


def declared() -> Claim:
    at = LEAD.index("declared")
    actor = ActorRole(
        role="announcer", span=(0, 8), text="The army", name="army", kind="state_forces", side="XX:government"
    )
    return claim_of("c0", "truce_declared", (0, len(LEAD) - 1), (at, at + 8), [actor])


def claim_of(
    name: str, kind: str, span: tuple[int, int], trigger: tuple[int, int], actors: Sequence[ActorRole] = ()
) -> Claim:
    event = Event(
        type=kind,
        acled=AcledCode(),
        plover=PloverCode(),
        trigger=Words(span=trigger, text=TEXT[slice(*trigger)]),
    )
    return Claim(id=name, event=event, span=span, factuality=3.0, actors=list(actors))


@st.composite
def incidents(draw: st.DrawFn) -> list[Claim]:
    """Up to a dozen claims of incidents at some hour, by some teller, affirmed or denied."""
    claims = []
    for i in range(draw(st.integers(0, MANY))):
        start = len(LEAD) + i * len(INCIDENT)
        kind = draw(st.sampled_from(TYPES))
        claim = claim_of(f"c{i + 1}", kind, (start, start + len(INCIDENT) - 2), (start, start + 6))
        hour = draw(st.none() | st.integers(0, 47))
        time = (
            Time() if hour is None else Time(start=clock(hour), end=clock(hour + 1), precision="hour", basis="explicit")
        )
        source = draw(st.sampled_from(SOURCES))
        told = Attribution()
        if source is not None:
            text, name, what, side = source
            told = Attribution(voice="named", source=Source(span=(4, 8), text=text, name=name, kind=what, side=side))
        hearsay = draw(st.booleans()) and source is None
        polarity = draw(st.sampled_from(("affirmed", "affirmed", "denied")))
        claims.append(
            replace(
                claim, time=time, status="calm" if kind == "calm" else "happened", polarity=polarity,
                factuality=-3.0 if polarity == "denied" else 3.0,
                attribution=Attribution(voice="hearsay") if hearsay else told,
            )
        )  # fmt: skip
    return claims


def followed(claims: Sequence[Claim], start: int = 8, end: int = 16) -> tuple[list[Claim], Truce]:
    """The claims and the one truce of the text, its window from one hour to another."""
    window = TimeMention(
        id="t0",
        span=WINDOW,
        text=TEXT[slice(*WINDOW)],
        start=clock(start),
        end=clock(end),
        precision="minute",
        kind="time",
    )
    doc = Document(Report(id="r", source="s", text=TEXT), ())
    linked, truces, _ = follow(doc, [declared(), *claims], Mentions(times=[window]))
    assert len(truces) == 1
    return linked, truces[0]


def violations(truce: Truce) -> set[str]:
    return {claim for item in truce.violations for claim in item.claims}


@given(incidents())
def test_a_supporting_claim_never_turns_broken_into_held(claims: list[Claim]) -> None:
    _, before = followed(claims)
    start = len(LEAD)
    calm = claim_of("calm", "calm", (start, start + 5), (start, start + 5))
    quiet = replace(calm, status="calm", time=Time(start=clock(9), end=clock(10), precision="hour"))
    _, after = followed([*claims, quiet])
    if before.judgement.observance == "broken":
        assert after.judgement.observance == "broken"
    if before.judgement.observance == "disputed":
        assert after.judgement.observance in ("broken", "disputed")


@given(incidents(), st.integers(0, 8), st.integers(16, 47))
def test_a_wider_window_loses_no_violation(claims: list[Claim], start: int, end: int) -> None:
    _, narrow = followed(claims)
    _, wide = followed(claims, start, end)
    assert violations(narrow) <= violations(wide)


@given(incidents())
def test_no_violation_is_both_counted_and_undetermined(claims: list[Claim]) -> None:
    linked, truce = followed(claims)
    counted = violations(truce)
    unknown = {claim for item in truce.undetermined for claim in item.claims}
    assert not counted & unknown
    links = {claim.id: claim.truce for claim in linked}
    assert all(links[claim] is not None for claim in counted)


@given(incidents())
def test_denied_and_hearsay_alone_never_break(claims: list[Claim]) -> None:
    weak = [c for c in claims if c.polarity == "denied" or c.attribution.voice == "hearsay" or c.event.type == "calm"]
    _, truce = followed(weak)
    assert truce.judgement.observance not in ("broken", "disputed")


@given(incidents())
def test_reasons_name_claims_that_exist(claims: list[Claim]) -> None:
    linked, truce = followed(claims)
    known = {claim.id for claim in linked}
    assert truce.judgement.reasons
    assert {claim for reason in truce.judgement.reasons for claim in reason.claims} <= known


@given(incidents())
def test_the_same_input_gives_the_same_bytes_in_any_order(claims: list[Claim]) -> None:
    _, one = followed(claims)
    _, other = followed(list(reversed(claims)))
    assert msgspec.json.encode(one) == msgspec.json.encode(other)
