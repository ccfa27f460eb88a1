"""Expectations over a record, written as data: what must be found in it, what must not.

a table        every key of it matches
a list         against a list: each expected element is met by some element; against a value: any of them
"~words"       the value contains the words, case aside
"<null>"       the value is null or empty
{none = {..}}  no element of the list matches
{only = [..]}  the list has exactly these elements, in any order
"""

from __future__ import annotations

from typing import Any


def matches(expected: Any, actual: Any) -> bool:
    """Whether a value of a record meets an expectation."""
    if isinstance(expected, dict):
        return _matches_table(expected, actual)
    if isinstance(expected, list):
        if isinstance(actual, list):
            return all(any(matches(e, a) for a in actual) for e in expected)
        return any(matches(e, actual) for e in expected)
    if expected == "<null>":
        return actual is None or actual in ([], {})
    if isinstance(expected, str) and expected.startswith("~"):
        return isinstance(actual, str) and expected[1:].casefold() in actual.casefold()
    return bool(expected == actual)


def _matches_table(expected: dict[str, Any], actual: Any) -> bool:
    if "none" in expected:
        return not any(matches(expected["none"], a) for a in actual)
    if "only" in expected:
        return len(expected["only"]) == len(actual) and matches(expected["only"], actual)
    if isinstance(actual, list):
        return any(matches(expected, a) for a in actual)
    return isinstance(actual, dict) and all(matches(value, actual.get(key)) for key, value in expected.items())


def closest(expected: dict[str, Any], things: list[dict[str, Any]]) -> str:
    """The thing that meets most of an expectation, and the keys that it fails: for the message of a test."""
    scored = [([k for k, v in expected.items() if not matches(v, thing.get(k))], thing) for thing in things]
    if not scored:
        return "nothing at all"
    failed, thing = min(scored, key=lambda pair: len(pair[0]))
    return f"fails {failed}: " + "; ".join(f"{k}={thing.get(k)!r}" for k in failed)[:600]
