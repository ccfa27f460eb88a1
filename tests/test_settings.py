from __future__ import annotations

import pytest

from trucewatch.errors import SettingError
from trucewatch.settings import SETTINGS, load


def test_defaults() -> None:
    assert load({}) == {name: setting.default for name, setting in SETTINGS.items()}


def test_a_variable_sets() -> None:
    assert load({"TRUCEWATCH_WORKERS": "3"})["workers"] == 3


def test_a_wrong_value_is_told() -> None:
    with pytest.raises(SettingError, match="TRUCEWATCH_WORKERS is 'many'"):
        load({"TRUCEWATCH_WORKERS": "many"})
