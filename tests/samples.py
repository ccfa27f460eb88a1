"""Nouns built by hand, for tests that need no model."""

from __future__ import annotations

import hashlib
from typing import Any

from trucewatch.model import (
    AcledCode,
    Attribution,
    Claim,
    ClaimPlace,
    Coder,
    Count,
    Event,
    Judgement,
    Part,
    PloverCode,
    Published,
    Record,
    Report,
    Source,
    Time,
    Truce,
    words,
)

TEXT = "Mortars hit the Karada crossing on Monday, residents said. The pause held elsewhere."


def a_report(text: str = TEXT, **fields: Any) -> Report:
    defaults: dict[str, Any] = {
        "id": hashlib.sha256(text.encode()).hexdigest(),
        "source": "page.txt",
        "outlet": "The Gazette",
        "title": "Mortars hit crossing",
        "published": Published(value="2021-03-02", precision="day", basis="user"),
        "language": "en",
        "text": text,
        "parts": [Part(kind="body", span=(0, len(text)))],
    }
    return Report(**(defaults | fields))


def a_claim(text: str = TEXT, trigger: str = "hit", **fields: Any) -> Claim:
    start = text.index(trigger)
    defaults: dict[str, Any] = {
        "id": "c0123456789abcdef",
        "event": Event(
            type="shelling",
            acled=AcledCode(
                event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"
            ),
            plover=PloverCode(event="ASSAULT", mode="heavy-weapons", context=["military"]),
            trigger=words(text, (start, start + len(trigger))),
        ),
        "factuality": 3.0,
        "confidence": 0.9,
        "place": ClaimPlace(span=(12, 31), text=text[12:31], name="Karada crossing", level="site"),
        "time": Time(span=(35, 41), text=text[35:41], start="2021-03-01", end="2021-03-02", precision="day"),
        "attribution": Attribution(
            voice="class", source=Source(span=(43, 52), text=text[43:52], name="residents", kind="civilians")
        ),
        "span": (0, 57),
    }
    return Claim(**(defaults | fields))


def a_count(**fields: Any) -> Count:
    return Count(**({"span": (0, 1), "text": "M"} | fields))


def a_record(**fields: Any) -> Record:
    defaults: dict[str, Any] = {
        "coder": Coder(version="0", model="none"),
        "report": a_report(),
        "claims": [a_claim()],
        "truces": [
            Truce(
                id="t0123456789abcdef",
                labels=[words(TEXT, (63, 68))],
                computed_type="undetermined",
                judgement=Judgement(observance="broken", summary="A pause was broken."),
            )
        ],
    }
    return Record(**(defaults | fields))
