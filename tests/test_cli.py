"""The command line as a user meets it: real pages, a real record file, real bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = "examples/aleppo-pause.txt"


def trucewatch(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "trucewatch", *arguments], input=stdin, capture_output=True, cwd=ROOT, check=False
    )


def records(run: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_a_person_reads_the_page() -> None:
    run = trucewatch("read", PAGE)
    assert run.returncode == 0, run.stderr.decode()
    text = run.stdout.decode()
    assert "Did it hold? broken" in text
    assert "Did it reach its purpose? not reached" in text
    assert "What is said to have happened" in text
    assert "What is not known" in text


def test_standard_input_is_read() -> None:
    run = trucewatch("read", "-", "--json", stdin=(ROOT / PAGE).read_bytes())
    (record,) = records(run)
    assert record["report"]["title"].startswith("Humanitarian Pause Failed")  # type: ignore[index]


def test_many_reports_come_in_order_and_twice_the_same() -> None:
    arguments = ("read", "examples/statements.jsonl", "--json", "--workers", "2")
    one, two = trucewatch(*arguments), trucewatch(*arguments)
    assert one.returncode == 0, one.stderr.decode()
    assert one.stdout == two.stdout
    ids = [json.loads(line)["id"] for line in (ROOT / "examples/statements.jsonl").read_text().splitlines()]
    assert [record["report"]["source"].split("#")[1] for record in records(one)] == ids  # type: ignore[index]
    alone = trucewatch("read", "examples/statements.jsonl", "--json", "--workers", "1")
    assert alone.stdout == one.stdout


def test_a_record_is_kept_once_and_listed(tmp_path: Path) -> None:
    kept = str(tmp_path / "war.sqlite")
    assert b"1 of 1 reports are new" in trucewatch("read", PAGE, "--record", kept).stderr
    before = Path(kept).read_bytes()
    assert b"0 of 1 reports are new" in trucewatch("read", PAGE, "--record", kept).stderr
    assert Path(kept).read_bytes() == before
    listed = records(trucewatch("claims", "--record", kept, "--type", "shelling", "--json"))
    assert listed
    shown = trucewatch("show", str(listed[0]["id"]), "--record", kept)
    assert "Bustan al-Qasr" in shown.stdout.decode()
    (truce,) = records(trucewatch("truces", "--record", kept, "--observance", "broken", "--json"))
    assert "Aleppo" in trucewatch("show", str(truce["id"]), "--record", kept).stdout.decode()
    assert "1 listed" in trucewatch("reports", "--record", kept).stdout.decode()


def test_listing_without_a_record_says_how_to_name_one() -> None:
    run = trucewatch("claims")
    assert run.returncode == 1
    assert b"--record FILE" in run.stderr


GOOD = b"Rebels shelled the market in Homs on 3 May 2014, killing three people, residents said.\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.bin.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "no text"),
        ("latin.txt", "Der Beschuss dauerte an, Bürger flohen.".encode("latin-1") * 3, "UTF-8"),
        ("ru.txt", ("Вечером 20 октября обстрел города возобновился, сообщили жители. " * 4).encode(), "ru"),
        ("ar.txt", ("تجدد القصف على المدينة مساء العشرين من تشرين الأول بحسب السكان. " * 4).encode(), "ar"),
        ("broken.html", b"<html><body><div><p>Shells hit Homs on 3 May 2014.<table><tr><p>Three were killed", None),
    ],
)
def test_bad_input_is_told_and_the_rest_is_read(tmp_path: Path, name: str, content: bytes, says: str | None) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz-good.txt").write_bytes(GOOD)
    run = trucewatch("read", str(tmp_path), "--json")
    bad, good = records(run)
    assert good["claims"]
    assert str(good["report"]["source"]).endswith("zz-good.txt")  # type: ignore[index]
    if says is not None:
        messages = " ".join(note["message"] for note in bad["notes"])  # type: ignore[attr-defined]
        assert says in messages
        assert name in run.stderr.decode()
    assert b"Traceback" not in run.stderr


def test_a_broken_line_in_the_middle_loses_nothing_else(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": GOOD.decode()}),
        '{"id": "b", "text": "cut of',
        json.dumps({"id": "c", "text": GOOD.decode()}),
    ]
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(lines) + "\n")
    run = trucewatch("read", str(path), "--json")
    one, broken, three = records(run)
    assert run.returncode == 1
    assert one["claims"]
    assert three["claims"]
    assert broken["claims"] == []
    assert broken["notes"][0]["level"] == "error"  # type: ignore[index]
    assert b"line 2" in run.stderr


def test_a_line_of_fifty_megabytes_is_noted_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    with path.open("w") as file:
        file.write(json.dumps({"id": "a", "text": GOOD.decode()}) + "\n")
        file.write('{"id": "big", "text": "' + "a" * 50_000_000 + '"}\n')
        file.write(json.dumps({"id": "c", "text": GOOD.decode()}) + "\n")
    run = trucewatch("read", str(path), "--json")
    one, big, three = records(run)
    assert run.returncode == 1
    assert one["claims"]
    assert three["claims"]
    assert "line 2" in run.stderr.decode()
    assert big["claims"] == []


def test_a_missing_file_is_told_and_the_rest_is_read() -> None:
    run = trucewatch("read", "no/such/page.txt", PAGE, "--json")
    assert run.returncode == 1
    assert b"no/such/page.txt" in run.stderr
    assert any(record["claims"] for record in records(run))


def test_a_wrong_date_is_told() -> None:
    run = trucewatch("read", PAGE, "--published", "yesterday")
    assert run.returncode == 1
    assert b"yesterday" in run.stderr
