"""Sources as people give them: files, folders, streams, addresses; and all that can be wrong with them."""

from __future__ import annotations

import hashlib
import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from trucewatch.errors import SettingError
from trucewatch.model import Note, Report
from trucewatch.sources.reader import read_reports

SENTENCE = "Shells hit the market in Taiz at noon, residents said."


def read(source: str | Path, **options: object) -> list[tuple[Report, list[Note]]]:
    return list(read_reports([source], **options))  # type: ignore[arg-type]


def one(tmp_path: Path, name: str, data: bytes) -> tuple[Report, list[Note]]:
    path = tmp_path / name
    path.write_bytes(data)
    readings = read(path)
    assert len(readings) == 1
    return readings[0]


def codes(notes: list[Note]) -> list[tuple[str, str]]:
    return [(note.level, note.code) for note in notes]


def test_text_is_the_decoded_file_unchanged(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfTruce\r\n\r\n" + SENTENCE.encode() + b"\r\n"
    report, notes = one(tmp_path, "a.txt", data)
    assert report.text == "Truce\r\n\r\n" + SENTENCE + "\r\n"
    assert report.id == hashlib.sha256(data).hexdigest()
    assert report.source == str(tmp_path / "a.txt")
    assert (report.media_type, report.language, notes) == ("text/plain", "en", [])


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.txt", b"", "empty", "empty"),
        ("a.txt", b" \r\n\t", "empty", "blanks"),
        ("a.txt", bytes(range(256)) * 9, "binary", "binary"),
        ("a.txt", b"%PDF-1.7 obj", "binary", "PDF"),
        ("a.html", b"<html><script>killed 50</script></html>", "empty", "no text"),
        ("a.json", b"[\n{}\n]", "bad_json", "JSON Lines"),
        ("a.jsonl", b"\n\n", "empty", "no line"),
    ],
)
def test_what_cannot_be_read_is_one_error(tmp_path: Path, name: str, data: bytes, code: str, words: str) -> None:
    report, notes = one(tmp_path, name, data)
    assert codes(notes) == [("error", code)]
    assert words in notes[0].message
    assert report.parts == []


def test_missing_file_and_empty_folder_are_noted(tmp_path: Path) -> None:
    [(report, notes)] = read(tmp_path / "no.txt")
    assert codes(notes) == [("error", "missing")]
    assert report.source in notes[0].message
    [(_, notes)] = read(tmp_path)
    assert codes(notes) == [("error", "empty_folder")]


def test_folder_is_read_in_order_and_tells_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "b/1.md", "a.html", "z.png", ".hidden.txt"):
        (tmp_path / name).write_text(SENTENCE)
    readings = read(tmp_path)
    assert [Path(report.source).name for report, _ in readings] == ["a.html", "1.md", "2.txt", tmp_path.name]
    assert codes(readings[-1][1]) == [("warning", "skipped")]
    assert "z.png" in readings[-1][1][0].message


def test_broken_lines_are_noted_and_the_others_read(tmp_path: Path) -> None:
    lines = [
        b'{"id":"a","text":"%s","published":"2016-10-20","outlet":"Post","title":"Truce"}' % SENTENCE.encode(),
        b'{"id":"b","text":3}',
        b"{broken",
        b"\xff\xfe",
        b"[1]",
        b"null",
        b'{"id":7,"text":"' + SENTENCE.encode() + b'","published":9}\r',
        b'{"text":"' + SENTENCE.encode() + b'"}',
        b'{"id":"c","text":""}',
    ]
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"\n".join(lines))
    readings = read(path)
    names = [report.source.removeprefix(f"{path}#") for report, _ in readings]
    assert names == ["a", "b", "line 3", "line 4", "line 5", "line 6", "7", "line 8", "c"]
    assert [report.id for report, _ in readings] == [hashlib.sha256(x.rstrip(b"\r")).hexdigest() for x in lines]
    first, notes = readings[0]
    assert (first.text, first.outlet, first.title, notes) == (SENTENCE, "Post", "Truce", [])
    assert (first.published.value, first.published.basis) == ("2016-10-20", "metadata")
    told = [codes(notes) for _, notes in readings]
    assert told[1:6] == [[("error", "bad_line")]] * 5
    assert told[6:] == [[("warning", "bad_field")], [("warning", "bad_field")], [("error", "empty")]]
    assert all(f"line {n + 1}" in readings[n][1][0].message for n in (1, 2, 3, 4, 5, 6, 7, 8))


def test_too_long_a_report_costs_neither_memory_nor_the_others(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    big = b'{"id":"big","text":"' + b"y" * 300_000 + b'"}'
    path.write_bytes(b'{"id":"a","text":"x y z"}\n' + big + b'\n{"id":"c","text":"x y z"}\n')
    readings = read(path, max_bytes=100_000)
    assert [report.source.split("#")[1] for report, _ in readings] == ["a", "big", "c"]
    assert [codes(notes) for _, notes in readings] == [[], [("error", "too_long")], []]
    assert readings[1][0].id == hashlib.sha256(big).hexdigest()
    assert "line 2" in readings[1][1][0].message
    assert "byte 100000" in readings[1][1][0].message
    plain = tmp_path / "big.txt"
    plain.write_bytes(b"y" * 300_000)
    [(report, notes)] = read(plain, max_bytes=100_000)
    assert (report.text, report.id) == ("", hashlib.sha256(b"y" * 300_000).hexdigest())
    assert codes(notes) == [("error", "too_long")]


def test_standard_input_is_text_page_or_lines() -> None:
    [(report, _)] = read("-", stdin=io.BytesIO(SENTENCE.encode()))
    assert (report.source, report.text) == ("-", SENTENCE)
    [(report, _)] = read("-", stdin=io.BytesIO(b"<!doctype html><p>" + SENTENCE.encode()))
    assert (report.media_type, report.text.strip()) == ("text/html", SENTENCE)
    readings = read("-", stdin=io.BytesIO(b'{"id":"a","text":"x"}\n{"id":"b","text":"y"}'))
    assert [report.source for report, _ in readings] == ["-#a", "-#b"]


def test_published_of_the_user_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Truce broken in Taiz\nPublished: 12 March 2017\n{SENTENCE}\n{SENTENCE}")
    [(report, _)] = read(path)
    assert (report.published.value, report.published.basis) == ("2017-03-12", "page")
    assert report.published.span is not None
    assert report.text[slice(*report.published.span)] == "12 March 2017"
    [(report, _)] = read(path, published="2018-01-02T03:04", outlet="Mine")
    assert (report.published.value, report.published.precision) == ("2018-01-02T03:04", "minute")
    assert (report.published.basis, report.outlet) == ("user", "Mine")
    with pytest.raises(SettingError, match=r"'soon'.*2016-10-20"):
        read(path, published="soon")
    with pytest.raises(SettingError, match="2016-02-30"):
        read(path, published="2016-02-30")


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/gone":
                self.send_error(410)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=windows-1252")
            self.end_headers()
            self.wfile.write("<html><h1>Truce</h1><p>Shells hit Bouaké at noon, it was said.".encode("cp1252"))

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def test_address(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    [(report, notes)] = read(f"{server}/page")
    assert report.source == f"{server}/page"
    assert "Shells hit Bouaké" in report.text
    assert codes(notes) == [("info", "encoding")]
    [(report, notes)] = read(f"{server}/gone")
    assert codes(notes) == [("error", "unreachable")]
    assert "410" in notes[0].message
    [(_, notes)] = read("http://127.0.0.1:9/")
    assert codes(notes) == [("error", "unreachable")]
