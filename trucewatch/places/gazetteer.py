"""The table of places: find what a name may stand for, and what holds it.

`trucewatch/data/gazetteer.db` is made by `training/gazetteer.py` from GeoNames (cities500), sourced overlays and the
names of admin units; it is opened read-only, so any number of processes share its pages.

Layer: places. Imports only model and names.
"""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from trucewatch.model import Within
from trucewatch.places.names import bare, distance, key, skeleton, worn

LEVELS = ("site", "neighbourhood", "settlement", "adm2", "adm1", "country", "region", "line")
SOURCES = ("GeoNames", "GeoNames, centre of its settlements", "UCDP GED Syria", "Natural Earth")
_COLUMNS = "e.id, e.name, e.lat, e.lon, e.level, e.country, e.adm1, e.within, e.population, z.name, e.source, e.rank"
_FROM = "FROM entry e LEFT JOIN zone z ON z.id = e.zone"
_CACHE = 50_000  # lookups kept per process


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the table. Degrees are WGS 84; None where the table has none (countries are areas)."""

    id: int
    name: str
    lat: float | None
    lon: float | None
    level: str
    country: str  # ISO alpha-2, "" where it lies in several or none
    admin1: int | None  # id of the entry
    within: int | None  # id of the admin-2 unit, or of the settlement that a neighbourhood belongs to
    population: int
    timezone: str | None
    source: str
    rank: int  # 4 capital, 3 seat of an admin-1 unit, 2 and 1 of smaller units
    alternate: bool = False  # found by another name than its main one
    variant: bool = False  # found by a likeness of spelling only

    @property
    def geonameid(self) -> int | None:
        """Its id in GeoNames; None for a row that GeoNames does not have."""
        return self.id if self.id > 0 else None

    @property
    def derived(self) -> bool:
        """Whether its point is the centre of its settlements, not its own."""
        return self.source.startswith("GeoNames, ")


class Gazetteer:
    """A read-only table of places; pickles as its path and opens again where it is unpickled."""

    def __init__(self, path: str) -> None:
        """Open the table at `path`. Raises sqlite3.Error if there is none."""
        self.path = path
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._entries: dict[int, Entry | None] = {}
        self._demonyms: dict[str, str] = dict(self._db.execute("SELECT key, country FROM demonym"))
        rows = self._db.execute(
            "SELECT c.code, c.id, c.capital, z.name, c.neighbours FROM country c LEFT JOIN zone z ON z.id = c.zone"
        )
        self._countries = {code: (id_, capital, zone, frozenset(n.split(","))) for code, id_, capital, zone, n in rows}

    @classmethod
    def load(cls, path: str | None = None) -> Gazetteer:
        """Give the shipped table, or the one at `path`; the same object within a process."""
        return _load(path or str(files("trucewatch") / "data" / "gazetteer.db"))

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Pickle as the path."""
        return _load, (self.path,)

    # ---- by name

    def find(self, name: str, country: str | None = None) -> list[Entry]:
        """Give what a name may stand for, the most prominent first; of one country if `country` is told.

        Names are compared by `names.key`; if none fits, without articles; nothing here is by likeness.
        """
        folded = key(name)
        found = self._by_key(folded)
        if not found:
            found = self._by_key(bare(folded)) or self._by_key(worn(folded))
            found = tuple(replace(e, variant=True) for e in found)
        return [e for e in found if country is None or e.country == country]

    def like(self, name: str, country: str) -> list[Entry]:
        """Give the entries of a country whose name differs from `name` only as transliterations do.

        For names of six letters or more with the same consonants and an edit distance of at most a quarter of their
        length; flagged `variant`; the nearest spelling first, and only those that are nearest.
        """
        folded = key(name)
        shape = skeleton(folded)
        if len(folded) < 6 or len(shape) < 3:
            return []
        rows = self._db.execute(
            "SELECT s.id, s.key FROM skeleton s JOIN entry e ON e.id = s.id WHERE s.skeleton = ? AND e.country = ?",
            (shape, country),
        )
        most = max(1, len(folded) // 4)
        scored = sorted((distance(bare(folded), bare(k), most), id_) for id_, k in rows)
        near = {id_: None for d, id_ in scored if d <= most and d == scored[0][0]}
        found = [e for id_ in near if (e := self.entry(id_))]
        return [replace(e, variant=True) for e in sorted(found, key=_prominence)]

    def _by_key(self, folded: str) -> tuple[Entry, ...]:
        known = self._found.get(folded)
        if known is None:
            rows = self._db.execute(
                f"SELECT {_COLUMNS}, n.how FROM name n JOIN entry e ON e.id = n.id "
                "LEFT JOIN zone z ON z.id = e.zone WHERE n.key = ?",
                (folded,),
            )
            known = tuple(sorted((_entry(row) for row in rows), key=_prominence))
            if len(self._found) >= _CACHE:
                self._found.clear()
            self._found[folded] = known
        return known

    # ---- by id

    def entry(self, id_: int) -> Entry | None:
        """Give the entry of an id, or None."""
        if id_ not in self._entries:
            row = self._db.execute(f"SELECT {_COLUMNS}, 0 {_FROM} WHERE e.id = ?", (id_,)).fetchone()
            self._entries[id_] = _entry(row) if row else None
        return self._entries[id_]

    def parents(self, entry: Entry) -> list[Within]:
        """Give what holds an entry, nearest first: settlement (of a neighbourhood), admin-1 unit, country."""
        found: list[Entry | None] = []
        if entry.level in ("neighbourhood", "site") and entry.within is not None:
            found.append(self.entry(entry.within))
        if entry.level not in ("adm1", "country") and entry.admin1 is not None:
            found.append(self.entry(entry.admin1))
        if entry.level != "country":
            found.append(self.country(entry.country))
        return [Within(name=e.name, level=e.level, geonameid=e.geonameid) for e in found if e]

    # ---- countries

    def country(self, code: str) -> Entry | None:
        """Give the country of an ISO alpha-2 code, or None."""
        row = self._countries.get(code)
        return self.entry(row[0]) if row else None

    def capital(self, code: str) -> Entry | None:
        """Give the capital of a country, or None."""
        row = self._countries.get(code)
        return self.entry(row[1]) if row and row[1] is not None else None

    def zone(self, code: str) -> str | None:
        """Give the IANA time zone of a country that has a single one, else None."""
        row = self._countries.get(code)
        return row[2] if row else None

    def neighbours(self, code: str) -> frozenset[str]:
        """Give the countries that border on a country."""
        row = self._countries.get(code)
        return row[3] if row else frozenset()

    def demonym(self, word: str) -> str | None:
        """Give the country of a word such as "Syrian", or None."""
        folded = key(word)
        return self._demonyms.get(folded) or (self._demonyms.get(folded[:-1]) if folded.endswith("s") else None)


def _entry(row: tuple[object, ...]) -> Entry:
    """An entry of a row of _COLUMNS and how it was found."""
    id_, name, lat, lon, level, country, adm1, within, population, zone, source, rank, how = row
    return Entry(
        id=id_,  # type: ignore[arg-type]
        name=str(name),
        lat=None if lat is None else lat / 1e5,  # type: ignore[operator]
        lon=None if lon is None else lon / 1e5,  # type: ignore[operator]
        level=LEVELS[level],  # type: ignore[call-overload]
        country=str(country),
        admin1=adm1,  # type: ignore[arg-type]
        within=within,  # type: ignore[arg-type]
        population=population,  # type: ignore[arg-type]
        timezone=zone,  # type: ignore[arg-type]
        source=SOURCES[source],  # type: ignore[call-overload]
        rank=rank,  # type: ignore[arg-type]
        alternate=bool(how),
        variant=how == 2,
    )


_LEVEL_ORDER = {
    level: i
    for i, level in enumerate(("country", "settlement", "region", "adm1", "adm2", "neighbourhood", "site", "line"))
}


def _prominence(entry: Entry) -> tuple[object, ...]:
    """Order of entries under one name: main names first, then by people, then by level; ties by id.

    The seat of a unit comes before the unit that is called after it: a city of 2 million in a province of 3.
    """
    weight = 8 if entry.level == "settlement" and entry.rank >= 3 else 1
    return (entry.alternate, -entry.population * weight, _LEVEL_ORDER[entry.level], entry.id)


def kilometres(a: Entry, b: Entry) -> float | None:
    """The distance of two entries along the globe, or None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    p, q, d = math.radians(a.lat), math.radians(b.lat), math.radians(b.lon - a.lon)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(d / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


@lru_cache(maxsize=4)
def _load(path: str) -> Gazetteer:
    return Gazetteer(path)
