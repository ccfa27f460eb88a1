"""The record file: keeps coded reports, never edits a claim, and lists what is kept.

with Store.open("war.sqlite") as store:
    store.keep(record_bytes)          # True when new, False when the same record was there
    for row in store.claims(type="shelling"): ...
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch.errors import StoreError
from trucewatch.model import Claim, Record, Report, Truce
from trucewatch.store import schema
from trucewatch.store.schema import claims, codings, reports, truces

Row = Mapping[str, Any]


class Store:
    """An open record file: one connection, closed at the end of the `with`."""

    def __init__(self, engine: sa.Engine, path: Path) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Store:
        """The store in a file, made when missing and `create`; StoreError where the file cannot be used."""
        path = Path(path)
        if not create and not path.exists():
            raise StoreError(
                f"There is no record at {path}. Read something into it first: trucewatch read SOURCE --record {path}"
            )
        engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
        try:
            _migrate(engine)
        except sa.exc.DatabaseError as error:
            engine.dispose()
            raise StoreError(
                f"The record {path} cannot be used: {error.orig}. It is no trucewatch record, or its folder cannot "
                "be written; give another file with --record."
            ) from error
        return cls(engine, path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def keep(self, line: bytes) -> bool:
        """Keep one encoded record; False when this very record is already kept (nothing changes then)."""
        digest = hashlib.sha256(line).hexdigest()
        record = msgspec.json.decode(line, type=Record)
        with self._engine.begin() as connection:
            if connection.scalar(sa.select(codings.c.number).where(codings.c.digest == digest)) is not None:
                return False
            if connection.scalar(sa.select(reports.c.id).where(reports.c.id == record.report.id)) is None:
                connection.execute(reports.insert().values(_report_row(record.report)))
            number = connection.execute(codings.insert().values(_coding_row(record, digest, line))).inserted_primary_key
            coding = number[0] if number is not None else None
            rows = [_claim_row(record.report, claim, i) | {"coding": coding} for i, claim in enumerate(record.claims)]
            if rows:
                connection.execute(claims.insert(), rows)
            rows = [_truce_row(truce) | {"coding": coding} for truce in record.truces]
            if rows:
                connection.execute(truces.insert(), rows)
        return True

    def reports(self, **filters: str | None) -> list[Row]:
        """Reports in order of publication, each with its number of claims and truces."""
        counted = sa.select(claims.c.coding, sa.func.count().label("claims")).group_by(claims.c.coding).subquery()
        query = (
            sa.select(
                reports.c.id, reports.c.source, reports.c.outlet, reports.c.title, reports.c.published,
                reports.c.language, sa.func.coalesce(counted.c.claims, 0).label("claims"),
            )
            .join(codings, codings.c.report == reports.c.id)
            .outerjoin(counted, counted.c.coding == codings.c.number)
            .where(codings.c.number.in_(_newest()))
            .order_by(reports.c.published, reports.c.source, reports.c.id)
        )  # fmt: skip
        return self._rows(query, reports, filters)

    def claims(self, **filters: str | None) -> list[Row]:
        """Claims of the newest coding of each report, in order of time, then of report and place in it."""
        columns = [c for c in claims.c if c.name not in ("body", "coding")]
        query = (
            sa.select(*columns, reports.c.id.label("report"), reports.c.outlet, reports.c.source)
            .join(codings, codings.c.number == claims.c.coding)
            .join(reports, reports.c.id == codings.c.report)
            .where(claims.c.coding.in_(_newest()))
            .order_by(claims.c.time_start.is_(None), claims.c.time_start, reports.c.id, claims.c.position)
        )
        return self._rows(query, claims, filters)

    def truces(self, **filters: str | None) -> list[Row]:
        """Truces of the newest coding of each report."""
        columns = [c for c in truces.c if c.name not in ("body", "coding")]
        query = (
            sa.select(*columns, reports.c.id.label("report"), reports.c.outlet, reports.c.source)
            .join(codings, codings.c.number == truces.c.coding)
            .join(reports, reports.c.id == codings.c.report)
            .where(truces.c.coding.in_(_newest()))
            .order_by(reports.c.published, reports.c.id, truces.c.id)
        )
        return self._rows(query, truces, filters)

    def find(self, id: str) -> tuple[Record, Claim | Truce | Report]:
        """The record that holds a report, claim or truce, and the thing itself; ids may be cut short.

        Raises StoreError for an id that is not kept, or that several things share.
        """
        found = {(kind, full, coding) for kind, full, coding in self._matches(id)}
        if len(found) != 1:
            names = ", ".join(sorted(full for _, full, _ in found)[:5])
            what = f"fits {len(found)} things: {names}; give more of it" if found else "is not kept"
            raise StoreError(f"The id {id!r} {what}. List ids with: trucewatch claims --record {self.path}")
        kind, full, coding = found.pop()
        with self._engine.connect() as connection:
            body = connection.scalar(sa.select(codings.c.body).where(codings.c.number == coding))
        record = msgspec.json.decode(body or b"", type=Record)
        if kind == "report":
            return record, record.report
        things: list[Any] = list(record.claims) if kind == "claim" else list(record.truces)
        return record, next(thing for thing in things if thing.id == full)

    def _matches(self, id: str) -> Iterator[tuple[str, str, int]]:
        newest = _newest()
        queries = {
            "report": sa.select(codings.c.report, codings.c.number).where(
                codings.c.report.startswith(id, autoescape=True)
            ),
            "claim": sa.select(claims.c.id, claims.c.coding.label("number")).where(
                claims.c.id.startswith(id, autoescape=True)
            ),
            "truce": sa.select(truces.c.id, truces.c.coding.label("number")).where(
                truces.c.id.startswith(id, autoescape=True)
            ),
        }
        with self._engine.connect() as connection:
            for kind, query in queries.items():
                rows = connection.execute(query.where(query.selected_columns[1].in_(newest)))
                yield from ((kind, full, number) for full, number in rows)

    def _rows(self, query: sa.Select[Any], table: sa.Table, filters: Mapping[str, str | None]) -> list[Row]:
        for name, value in filters.items():
            if value is not None:
                query = query.where(_condition(table, name, value))
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _condition(table: sa.Table, name: str, value: str) -> sa.ColumnElement[bool]:
    """The condition of one filter: `since` and `until` on time, words on text columns, else equality."""
    if name == "since":
        return sa.and_(table.c.time_start.is_not(None), sa.func.coalesce(table.c.time_end, table.c.time_start) > value)
    if name == "until":
        return sa.and_(table.c.time_start.is_not(None), table.c.time_start < value)
    if name in ("place", "teller", "outlet", "area", "label", "wording"):
        column = table.c.get(name) if name in table.c else reports.c[name]
        if column is None:
            raise StoreError(f"{table.name} cannot be filtered by {name!r}")
        return column.icontains(value, autoescape=True)
    return table.c[name] == value


def _newest() -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.max(codings.c.number)).group_by(codings.c.report).scalar_subquery()


def _migrate(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        done = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
    for number, migration in enumerate(schema.MIGRATIONS[done:], start=done + 1):
        with engine.begin() as connection:
            migration(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={number}")


def _report_row(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "source": report.source,
        "outlet": report.outlet,
        "title": report.title,
        "published": report.published.value,
        "language": report.language,
        "body": msgspec.json.encode(report),
    }


def _coding_row(record: Record, digest: str, line: bytes) -> dict[str, Any]:
    return {
        "report": record.report.id,
        "digest": digest,
        "version": record.coder.version,
        "model": record.coder.model,
        "body": line,
    }


def _claim_row(report: Report, claim: Claim, position: int) -> dict[str, Any]:
    source = claim.attribution.source
    country = next((w.name for w in claim.place.within if w.level == "country"), None)
    return {
        "id": claim.id,
        "position": position,
        "type": claim.event.type,
        "status": claim.status,
        "polarity": claim.polarity,
        "voice": claim.attribution.voice,
        "teller": (source.name or source.text) if source else None,
        "place": claim.place.name or claim.place.text,
        "country": claim.place.name if claim.place.level == "country" else country,
        "lat": claim.place.lat,
        "lon": claim.place.lon,
        "time_start": claim.time.start,
        "time_end": claim.time.end,
        "factuality": claim.factuality,
        "confidence": claim.confidence,
        "relation": claim.truce.relation if claim.truce else None,
        "wording": report.text[claim.span[0] : claim.span[1]],
        "body": msgspec.json.encode(claim),
    }


def _truce_row(truce: Truce) -> dict[str, Any]:
    return {
        "id": truce.id,
        "label": truce.labels[0].text if truce.labels else None,
        "type": truce.computed_type,
        "area": truce.area.name if truce.area else None,
        "observance": truce.judgement.observance,
        "purpose": truce.judgement.purpose,
        "formal": truce.judgement.formal,
        "summary": truce.judgement.summary,
        "body": msgspec.json.encode(truce),
    }
