"""Scores beside their floors. A floor is pinned with a digest of the data that it was measured on.

    table = measure(["counts"], gold)          name of figure -> score
    faults = below(table, load_floors())       what fell under its floor, or was measured on other data

Floors rise with `pin`; they are lowered only when that is asked for in so many words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch.errors import DataError

Scores = dict[str, float]
Bench = Callable[[Path], Scores]
FLOORS = Path(__file__).with_name("floors.json")
#: A score may lie this much under its floor: the last digits differ between processors.
TOLERANCE = 0.0005


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: its score, and the digest of the data under it."""

    score: float
    data: str


def measure(benches: Mapping[str, tuple[Bench, tuple[str, ...]]], gold: Path) -> dict[str, Measured]:
    """Run benches: `name: (function, files under the gold folder)`; figures are named `bench.figure`."""
    table: dict[str, Measured] = {}
    for name, (bench, files) in benches.items():
        missing = [file for file in files if not (gold / file).exists()]
        if missing:
            raise DataError(
                f"The bench {name} needs {', '.join(missing)} under {gold}, which are not there. "
                "The gold sets lie beside the project; give their folder with --gold."
            )
        data = digest(gold / file for file in files)
        table |= {f"{name}.{figure}": Measured(score, data) for figure, score in bench(gold).items()}
    return table


def digest(paths: Iterable[Path]) -> str:
    """The first 12 digits of a sha256 over files and folders of files, in order."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:12]


def load_floors(path: Path = FLOORS) -> dict[str, dict[str, Any]]:
    """The pinned floors: figure -> {floor, better: higher|lower, data}."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def below(table: Mapping[str, Measured], floors: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """One line for every figure that is worse than its floor or was measured on other data."""
    faults = []
    for name, floor in floors.items():
        measured = table.get(name)
        if measured is None:
            continue
        if measured.data != floor["data"]:
            faults.append(f"{name}: the data changed ({floor['data']} was {measured.data} now): pin it anew")
        elif _worse(measured.score, floor):
            faults.append(f"{name}: {measured.score:.3f} is worse than its floor {floor['floor']:.3f}")
    return faults


def _worse(score: float, floor: Mapping[str, Any]) -> bool:
    if floor.get("better") == "lower":
        return bool(score > floor["floor"] + TOLERANCE)
    return bool(score < floor["floor"] - TOLERANCE)


def pin(
    table: Mapping[str, Measured], *, lower_is_better: Iterable[str], allow_lower: bool = False, path: Path = FLOORS
) -> None:
    """Pin the scores as floors. Raises DataError where that would lower one and `allow_lower` is not said."""
    floors = load_floors(path)
    faults = [fault for fault in below(table, floors) if "the data changed" not in fault]
    if faults and not allow_lower:
        raise DataError("Pinning would lower floors: " + "; ".join(faults) + ". Mend the cause, or say --allow-lower.")
    lower = set(lower_is_better)
    for name, measured in table.items():
        figure = name.split(".", 1)[1]
        better = "lower" if figure in lower else "higher"
        floors[name] = {"floor": round(measured.score, 4), "better": better, "data": measured.data}
    text = json.dumps(dict(sorted(floors.items())), indent=1) + "\n"
    spare = path.with_suffix(".new")
    spare.write_text(text, encoding="utf-8")
    spare.replace(path)
