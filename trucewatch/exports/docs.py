"""The pages of documentation that are made from tables: they cannot go stale, a test compares them."""

from __future__ import annotations

import inspect

import msgspec

from trucewatch import model
from trucewatch.settings import SETTINGS


def settings_page() -> str:
    """`docs/settings.md`: every setting with its variable, default and meaning."""
    lines = [
        "# Settings",
        "",
        "Read once, from environment variables. Options of a command win over them.",
        "",
        "| setting | variable | default | meaning |",
        "|---|---|---|---|",
    ]
    for setting in SETTINGS.values():
        default = "" if setting.default is None else f"`{setting.default}`"
        lines.append(f"| {setting.name} | `TRUCEWATCH_{setting.name.upper()}` | {default} | {setting.help} |")
    return "\n".join(lines) + "\n"


def record_page() -> str:
    """`docs/record.md`: the laws of the record, and every noun of it with its fields, from `model.py` itself."""
    lines = [_RECORD_HEAD]
    for name, noun in vars(model).items():
        if not (isinstance(noun, type) and issubclass(noun, model.Noun) and noun is not model.Noun):
            continue
        lines += [f"## {name}", "", inspect.getdoc(noun) or "", "", "| field | form |", "|---|---|"]
        own = noun.__base__ if noun.__base__ is not model.Noun else None
        if own is not None:
            lines.append(f"| ... | all of {own.__name__} |")
        inherited = set(own.__struct_fields__) if own is not None and hasattr(own, "__struct_fields__") else set()
        for field in msgspec.structs.fields(noun):
            if field.name not in inherited:
                lines.append(f"| `{field.encode_name}` | {_form(noun, field.name)} |")
        lines.append("")
    return "\n".join(lines)


def _form(noun: type, name: str) -> str:
    text = next(str(c.__annotations__[name]) for c in noun.__mro__ if name in getattr(c, "__annotations__", {}))
    return "`" + text.replace(" | UnsetType", "").replace("|", "\\|") + "`"


_RECORD_HEAD = """# The record

`trucewatch read --json` prints one record per report, one per line, in input order. This page is made from
`trucewatch/model.py`; `trucewatch schema` prints the same as a JSON Schema. Fields may be added; a field named here
keeps its name and meaning.

1. Every value leads to its words: a `span` is `[start, end)` in code points of `report.text`, and
   `report.text[start:end]` is the wording. For plain text `report.text` is the decoded file, unchanged.
2. Absent is not zero, unknown is a value: null beside an `unresolved` that says what is missing and why.
3. A claim is what somebody says; what the text says, who says it, and what we coded stand in different places.
4. Page furniture is never evidence.
5. Neutral names: an outlet's label is kept as wording, with `loaded: true`.
6. Same input, same output, byte for byte.

Times are local wall time, half open, ISO 8601; whole days are dates; what is unknown is X as in EDTF
(`XXXX-10-20T08:00`). Factuality runs from -3 (certainly has not) to 3 (certainly has), as the claim's own teller
presents it. A count's `low`, `best` and `high` are null where the words do not tell them.
"""


def scores_page(floors: dict[str, dict[str, object]]) -> str:
    """`docs/scores.md`: every pinned figure, from the floors of `trucewatch bench`."""
    lines = [
        "# Scores",
        "",
        "What `trucewatch bench` measured when the floors were pinned, on the gold sets that lie beside the project",
        "(most of them may only measure, and none is copied here). `trucewatch bench` measures anew, and fails where a",
        "figure falls below its floor; `trucewatch bench --pin` raises floors and lowers none unless it is told to.",
        "The language model's own scores stand in [model-card.md](model-card.md).",
        "",
        "The `claims` figures are of one worked example that the coder was developed on: they guard, and measure",
        "nothing.",
        "The `false_events` set was looked at while tuning. What no one here has seen will score lower.",
        "",
        "| figure | pinned | better |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {float(str(one['floor'])):.3f} | {one['better']} |" for name, one in sorted(floors.items())]
    return "\n".join(lines) + "\n"
