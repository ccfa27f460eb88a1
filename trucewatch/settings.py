"""One table of settings. It feeds the command line's help, `docs/settings.md` and the defaults.

Settings are read once at the edge (`load`) and passed on as arguments; no stage reads them.
Layer: lowest, beside model. Imports only errors.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trucewatch.errors import SettingError


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name (environment variable TRUCEWATCH_<NAME>), type, default and help."""

    name: str
    cast: Callable[[str], Any]
    default: Any
    help: str


SETTINGS: dict[str, Setting] = {
    s.name: s
    for s in (
        Setting("record", str, None, "The record file (SQLite) that commands keep to and list from."),
        Setting("workers", int, 0, "Processes that code reports; 0 means one per processor core."),
        Setting("max_bytes", int, 10_000_000, "Longest report in bytes; a longer one is noted and not read."),
        Setting("actors", str, None, "A table of your own (CSV) that overlays the shipped table of actors."),
        Setting("width", int, 100, "Columns of the printed reading when the terminal does not tell."),
    )
}


def load(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The value of every setting, from TRUCEWATCH_* variables or the defaults.

    Raises SettingError for a value that cannot be read.
    """
    return {name: _read(setting, environ.get(f"TRUCEWATCH_{name.upper()}")) for name, setting in SETTINGS.items()}


def _read(setting: Setting, raw: str | None) -> Any:
    if raw is None or raw == "":
        return setting.default
    try:
        return setting.cast(raw)
    except ValueError as error:
        variable = f"TRUCEWATCH_{setting.name.upper()}"
        raise SettingError(
            f"The setting {variable} is {raw!r}, which is no {setting.cast.__name__}. "
            f"It means: {setting.help} Unset it, or give for example {setting.default!r}."
        ) from error
