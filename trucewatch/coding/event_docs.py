"""The page docs/event-types.md, written from the table of event types so that it cannot go stale."""

from __future__ import annotations

from trucewatch.coding.event_table import EventType, load_table
from trucewatch.model import AcledCode, PloverCode

HEAD = """# Event types

What trucewatch codes, and how other schemes call it. Written from `trucewatch/data/events.toml` by
`trucewatch.coding.event_docs.event_types_page`; a test says when it is out of date.

The codes are meant to follow ACLED (2023), PLOVER (version 1) and CAMEO (1.1b3); they were written from
knowledge of these schemes and are not yet checked line by line against the codebooks. The UCDP type is the
kind of violence that such an event most often is; who fights whom decides in each case. A dash: the scheme has
no place for it. Death counts, sides and places are no part of a type.
"""


def event_types_page() -> str:
    """The whole page, Markdown: a table of codes, then each type with its meaning and examples."""
    types = list(load_table().types.values())
    rows = ["| type | ACLED | PLOVER | CAMEO | UCDP |", "|---|---|---|---|---|"]
    rows += [_row(entry) for entry in types]
    return "\n".join([HEAD, *rows, "", *[_section(entry) for entry in types]])


def _row(entry: EventType) -> str:
    root, code = entry.cameo
    cells = (
        entry.name,
        _acled(entry.acled),
        _plover(entry.plover),
        f"{code} (root {root})" if code else "-",
        entry.ucdp or "-",
    )
    return "| " + " | ".join(cells) + " |"


def _acled(code: AcledCode) -> str:
    return f"{code.event_type} / {code.sub_event_type}" if code.event_type else "-"


def _plover(code: PloverCode) -> str:
    if not code.event:
        return "-"
    mode = f" {code.mode}" if code.mode else ""
    context = f" [{', '.join(code.context)}]" if code.context else ""
    return f"{code.event}{mode}{context}"


def _section(entry: EventType) -> str:
    examples = "\n".join(f"- {example}" for example in entry.examples)
    return f"## {entry.name}\n\n{entry.definition}\n\n{examples}\n"
