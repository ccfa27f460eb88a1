"""Imports flow one way: a module imports only from layers below its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "trucewatch"

#: Lowest first. Names on one line are siblings and do not import one another.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "model"),
    ("settings",),
    ("language", "sources", "store"),
    ("coding", "places", "times", "truce"),
    ("pipeline",),
    ("engines", "exports"),
    ("benches",),
    ("cli",),
    ("__main__", "__init__"),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

#: Who alone may import a library.
ONLY: dict[str, tuple[str, ...]] = {
    "onnxruntime": ("language/parser.py",),
    "tokenizers": ("language/parser.py",),
    "sqlalchemy": ("store/",),
    "typer": ("cli.py",),
    "urllib.request": ("sources/fetch.py",),
    "trafilatura": ("sources/",),
}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return names + [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def _part(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_flow_down(path: Path) -> None:
    own = _part(path)
    for name in _imports(path):
        if name == "trucewatch":
            # "from trucewatch import settings": only whole modules of the lowest layers are taken so
            continue
        if name.startswith("trucewatch."):
            other = name.split(".")[1]
            assert other == own or RANK[other] < RANK[own], f"{own} imports {name}, which is not below it"


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_library_has_one_door(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    for name in _imports(path):
        for library, doors in ONLY.items():
            if name == library or name.startswith(library + "."):
                assert place.startswith(doors), f"{place} imports {name}; only {doors} may"


def test_every_part_has_a_layer() -> None:
    parts = {_part(path) for path in _modules()} - {"data"}
    assert parts <= set(RANK)
