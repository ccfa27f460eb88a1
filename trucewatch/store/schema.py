"""The tables of a record file, and the migrations that make them.

A claim row is never edited. A report coded again by another coder or model gives a new coding beside the old one;
the newest coding of a report is what views show.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

metadata = sa.MetaData()

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.String, primary_key=True, comment="sha256 of the captured bytes"),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("outlet", sa.String),
    sa.Column("title", sa.String),
    sa.Column("published", sa.String),
    sa.Column("language", sa.String),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the report of the record, JSON"),
)

codings = sa.Table(
    "codings",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("report", sa.ForeignKey("reports.id"), nullable=False, index=True),
    sa.Column("digest", sa.String, nullable=False, unique=True, comment="sha256 of the record's bytes"),
    sa.Column("version", sa.String, nullable=False),
    sa.Column("model", sa.String),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the whole record, JSON"),
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("coding", sa.ForeignKey("codings.number"), primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, comment="order in the report"),
    sa.Column("type", sa.String, nullable=False, index=True),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("polarity", sa.String, nullable=False),
    sa.Column("voice", sa.String, nullable=False),
    sa.Column("teller", sa.String),
    sa.Column("place", sa.String, index=True),
    sa.Column("country", sa.String),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("time_start", sa.String, index=True),
    sa.Column("time_end", sa.String),
    sa.Column("factuality", sa.Float),
    sa.Column("confidence", sa.Float),
    sa.Column("relation", sa.String, comment="how it bears on a truce"),
    sa.Column("wording", sa.String, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the claim, JSON"),
)

truces = sa.Table(
    "truces",
    metadata,
    sa.Column("coding", sa.ForeignKey("codings.number"), primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("label", sa.String),
    sa.Column("type", sa.String),
    sa.Column("area", sa.String),
    sa.Column("observance", sa.String, nullable=False),
    sa.Column("purpose", sa.String, nullable=False),
    sa.Column("formal", sa.String, nullable=False),
    sa.Column("summary", sa.String),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the truce, JSON"),
)


def _create_tables(connection: sa.Connection) -> None:
    metadata.create_all(connection)


#: Every migration runs once, in this order, in a transaction of its own; the number of those run is kept
#: in the file (PRAGMA user_version).
MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (_create_tables,)
