"""The pool: records in order, the same for any number of workers, and a lost worker loses nothing."""

from __future__ import annotations

import json
import os
import signal
from multiprocessing import active_children
from pathlib import Path

import pytest

from tests.samples import a_report
from trucewatch.engines import local
from trucewatch.engines.local import code_one, run
from trucewatch.model import Note
from trucewatch.pipeline import decode
from trucewatch.sources.reader import read_reports

STATEMENTS = Path(__file__).parents[2] / "examples" / "statements.jsonl"


def readings() -> list[local.Reading]:
    return list(read_reports([str(STATEMENTS)]))[:12]


def test_workers_do_not_change_the_records() -> None:
    assert list(run(readings(), workers=2)) == list(run(readings(), workers=1))


def test_order_of_the_reports_does_not_change_a_record() -> None:
    forward = list(run(readings(), workers=1))
    assert list(run(reversed(readings()), workers=1)) == forward[::-1]


def test_a_killed_worker_loses_no_report() -> None:
    wanted = list(run(readings(), workers=1))
    records = []
    for record in run(readings(), workers=2):
        if not records:
            child = active_children()[0]
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
        records.append(record)
    assert records == wanted


def test_a_fault_of_the_coder_is_a_note_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(local, "code", broken)
    record = decode(code_one((a_report(), []), None))
    assert record.claims == []
    assert record.notes[-1].code == "coder"
    assert "ZeroDivisionError: a fault" in record.notes[-1].message


def test_a_report_that_could_not_be_read_passes_through() -> None:
    note = Note(level="error", code="empty", message="the file is empty")
    record = json.loads(code_one((a_report(""), [note]), None))
    assert record["claims"] == []
    assert record["notes"][0]["code"] == "empty"
