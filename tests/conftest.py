"""Shared by all tests: the sets that lie beside the project and do not ship."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", Path(__file__).parents[2] / "shared"))


def shared() -> Path:
    """The folder of gold sets and reports beside the checkout."""
    return SHARED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests over ../shared where it is not there: said aloud, and an error in CI."""
    wanting = [item for item in items if item.get_closest_marker("shared")]
    if SHARED.is_dir() or not wanting:
        return
    message = (
        f"{len(wanting)} tests measure against the gold sets beside the project, which are not at {SHARED}: "
        "they are left out. Set TRUCEWATCH_SHARED to the folder to run them."
    )
    if os.environ.get("CI"):
        raise pytest.UsageError(message)
    config.pluginmanager.get_plugin("terminalreporter").write_line(message, yellow=True)  # type: ignore[union-attr]
    config.hook.pytest_deselected(items=wanting)
    items[:] = [item for item in items if not item.get_closest_marker("shared")]
