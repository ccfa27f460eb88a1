"""The command line: parse arguments, call the library, print. The only module that prints or exits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from trucewatch import settings
from trucewatch.benches import gate
from trucewatch.benches.registry import BENCHES, LOWER_IS_BETTER
from trucewatch.engines.local import run
from trucewatch.errors import TrucewatchError
from trucewatch.exports.printed import claim_lines, printed, truce_lines
from trucewatch.model import Claim, Note, Record, Report, Truce
from trucewatch.pipeline import VERSION, decode, encode, schema
from trucewatch.sources.reader import read_reports
from trucewatch.store.records import Row, Store

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Read conflict reporting, keep a sourced record of it, and say with reasons whether a truce held.",
)

#: Notes on what a report says, not on how it could be read: they stand in the reading, not on standard error.
TOLD_IN_THE_READING = ("tension", "date")

RecordOption = Annotated[str | None, typer.Option("--record", help=settings.SETTINGS["record"].help)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON Lines instead of a reading for people.")]


def main() -> None:
    """Run the command line; an error that a user can mend becomes one line and exit status 1."""
    try:
        app()
    except TrucewatchError as error:
        sys.stderr.write(f"trucewatch: {error}\n")
        raise SystemExit(1) from error
    except BrokenPipeError:
        # the reader of our output (head, less) went away: that is no fault
        sys.stderr.close()
        raise SystemExit(0) from None


@app.command()
def read(
    source: Annotated[list[str], typer.Argument(help="Files, folders, addresses, or - for standard input.")],
    published: Annotated[str | None, typer.Option(help="When the reports were published (ISO date).")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published them.")] = None,
    record: RecordOption = None,
    json: JsonOption = False,
    workers: Annotated[int | None, typer.Option(help=settings.SETTINGS["workers"].help)] = None,
    actors: Annotated[Path | None, typer.Option(help=settings.SETTINGS["actors"].help)] = None,
) -> None:
    """Read reports and tell what is claimed, by whom, and whether the truce held."""
    values = settings.load()
    table = actors or (Path(values["actors"]) if values["actors"] else None)
    readings = read_reports(
        source, published=published, outlet=outlet, stdin=sys.stdin.buffer, max_bytes=values["max_bytes"]
    )
    lines = run(readings, workers=values["workers"] if workers is None else workers, actors=table)
    path = record or values["record"]
    faults = 0
    if path is None:
        faults = _show(_progress(lines), json=json)
    else:
        with Store.open(path) as store:
            faults = _show(_progress(_kept(lines, store)), json=json)
    if faults:
        sys.stderr.write(f"trucewatch: {faults} of the reports could not be read; the rest was.\n")
        raise SystemExit(1)


def _kept(lines: Iterable[bytes], store: Store) -> Iterator[bytes]:
    new = 0
    total = 0
    for line in lines:
        total += 1
        new += store.keep(line)
        yield line
    sys.stderr.write(f"{store.path}: {new} of {total} reports are new to the record.\n")


def _show(lines: Iterable[bytes], *, json: bool) -> int:
    """Print every record as it comes; the number of reports that could not be read comes back."""
    faults = 0
    console = Console(highlight=False, width=None if sys.stdout.isatty() else settings.load()["width"])
    for line in lines:
        notes, source = _outline(line)
        for note in notes:
            if note.level != "info" and note.code not in TOLD_IN_THE_READING:
                sys.stderr.write(f"{source}: {note.level}: {note.message}\n")
        faults += any(note.level == "error" for note in notes)
        if json:
            sys.stdout.buffer.write(line + b"\n")
            sys.stdout.buffer.flush()
        else:
            console.print(printed(decode(line)))
    return faults


class _Outline(msgspec.Struct):
    """What the command line needs of a record while it passes by."""

    notes: list[Note]
    report: dict[str, Any]


def _outline(line: bytes) -> tuple[list[Note], str]:
    outline = msgspec.json.decode(line, type=_Outline)
    return outline.notes, str(outline.report.get("source"))


def _progress(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines, with a count on standard error while they come."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed} reports read"), TimeElapsedColumn())
    done = 0
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("read", total=None)
        for line in lines:
            done += 1
            progress.advance(task)
            if not console.is_terminal and done % 100 == 0:
                sys.stderr.write(f"{done} reports read\n")
            yield line


@app.command()
def reports(
    record: RecordOption = None,
    outlet: Annotated[str | None, typer.Option(help="Only of this outlet.")] = None,
    language: Annotated[str | None, typer.Option(help="Only in this language (en, ar, ru ...).")] = None,
    json: JsonOption = False,
) -> None:
    """List the reports of a record."""
    with _open(record) as store:
        rows = store.reports(outlet=outlet, language=language)
    _table(rows, ("id", "published", "outlet", "title", "claims"), json=json)


@app.command()
def claims(
    record: RecordOption = None,
    type: Annotated[str | None, typer.Option(help="Only of this event type, for example shelling.")] = None,
    place: Annotated[str | None, typer.Option(help="Only at places with these words in their name.")] = None,
    teller: Annotated[str | None, typer.Option(help="Only told by somebody with these words in the name.")] = None,
    status: Annotated[str | None, typer.Option(help="Only of this status, for example happened or demanded.")] = None,
    relation: Annotated[str | None, typer.Option(help="Only of this bearing on a truce, e.g. violates.")] = None,
    since: Annotated[str | None, typer.Option(help="Only what reaches past this ISO date or date and time.")] = None,
    until: Annotated[str | None, typer.Option(help="Only what starts before this ISO date or date and time.")] = None,
    json: JsonOption = False,
) -> None:
    """List the claims of a record in order of time."""
    with _open(record) as store:
        rows = store.claims(
            type=type, place=place, teller=teller, status=status, relation=relation, since=since, until=until
        )
    _table(rows, ("id", "time_start", "type", "polarity", "place", "teller", "wording"), json=json)


@app.command()
def truces(
    record: RecordOption = None,
    area: Annotated[str | None, typer.Option(help="Only with these words in the name of the area.")] = None,
    observance: Annotated[str | None, typer.Option(help="Only of this answer, for example broken.")] = None,
    json: JsonOption = False,
) -> None:
    """List the truces of a record with their judgements."""
    with _open(record) as store:
        rows = store.truces(area=area, observance=observance)
    _table(rows, ("id", "label", "area", "observance", "purpose", "formal", "summary"), json=json)


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="The id of a report, claim or truce; its start will do.")],
    record: RecordOption = None,
    json: JsonOption = False,
) -> None:
    """Show everything about one report, claim or truce, with its words."""
    with _open(record) as store:
        whole, thing = store.find(id)
    if json:
        body = encode(whole) if isinstance(thing, Report) else msgspec.json.encode(thing)
        sys.stdout.buffer.write(body + b"\n")
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else settings.load()["width"])
    for line in _thing_lines(whole, thing):
        console.print(line)


def _thing_lines(whole: Record, thing: Claim | Truce | Report) -> Iterator[Any]:
    if isinstance(thing, Report):
        yield printed(whole)
        return
    yield f"{whole.report.title or whole.report.source} ({whole.report.outlet or 'outlet unknown'})"
    if isinstance(thing, Claim):
        yield from claim_lines(thing, whole.report)
    else:
        yield from truce_lines(thing, {claim.id: claim for claim in whole.claims}, whole.report)
    yield "\n" + msgspec.json.format(msgspec.json.encode(thing), indent=2).decode()


@app.command()
def bench(
    name: Annotated[list[str] | None, typer.Argument(help="Benches to run; all when none is named.")] = None,
    gold: Annotated[Path, typer.Option(help="The folder of gold sets, which lies beside the project.")] = Path(
        "../shared/gold"
    ),
    pin: Annotated[bool, typer.Option("--pin", help="Pin the scores as new floors.")] = False,
    allow_lower: Annotated[bool, typer.Option("--allow-lower", help="Let --pin lower a floor.")] = False,
) -> None:
    """Measure every stage on gold data, beside its pinned floor; exit status 1 when one falls below."""
    wanted = {key: BENCHES[key] for key in name or BENCHES if key in BENCHES}
    unknown = [key for key in name or () if key not in BENCHES]
    if unknown:
        raise TrucewatchError(f"There is no bench {', '.join(unknown)}. There are: {', '.join(BENCHES)}.")
    floors = gate.load_floors()
    faults: list[str] = []
    for key, value in wanted.items():
        measured = gate.measure({key: value}, gold)
        for figure, one in measured.items():
            floor = floors.get(figure, {}).get("floor")
            sys.stdout.write(f"{figure:44} {one.score:8.3f}   floor {'-' if floor is None else f'{floor:.3f}'}\n")
        sys.stdout.flush()
        if pin:
            gate.pin(measured, lower_is_better=LOWER_IS_BETTER, allow_lower=allow_lower)
        else:
            faults += gate.below(measured, floors)
    if faults:
        raise TrucewatchError("Scores fell: " + "; ".join(faults))


@app.command(name="schema")
def schema_command() -> None:
    """Print the JSON Schema of a record."""
    sys.stdout.write(schema().decode() + "\n")


@app.command()
def version() -> None:
    """Print the version."""
    sys.stdout.write(f"trucewatch {VERSION}\n")


def _open(record: str | None) -> Store:
    path = record or settings.load()["record"]
    if path is None:
        raise TrucewatchError(
            "No record is named. Give the file that `trucewatch read --record FILE` made: --record FILE, "
            "or set TRUCEWATCH_RECORD."
        )
    return Store.open(path, create=False)


def _table(rows: list[Row], columns: tuple[str, ...], *, json: bool) -> None:
    if json:
        for row in rows:
            sys.stdout.buffer.write(msgspec.json.encode(dict(row)) + b"\n")
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else settings.load()["width"])
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="ellipsis", no_wrap=name in ("id", "type"))
    for row in rows:
        table.add_row(*(_cell(name, row[name]) for name in columns))
    console.print(table)
    console.print(f"{len(rows)} listed")


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "-"
    text = " ".join(str(value).split())
    if name == "id":
        return text[:13]
    return text.replace("_", " ") if name in ("type", "observance", "purpose", "formal") else text[:90]


if __name__ == "__main__":
    main()
