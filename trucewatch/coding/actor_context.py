"""Where and when a report plays: what bare words ("the army", "rebels", "Sanaa") are read by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.coding.actor_table import Conflict, Country, Known, Tables, fold


@dataclass(frozen=True, slots=True)
class Coded:
    """What a phrase was coded to."""

    name: str | None
    kind: str
    side: str | None
    country: str | None


#: Kinds of the organs of a state: at home its government's side, abroad the state's.
_OF_STATE = ("state_forces", "government")


@dataclass(frozen=True, slots=True)
class Context:
    """The tables, the country where the report plays (ISO code) and its year, as far as known."""

    tables: Tables
    own: str | None = None
    year: int | None = None

    def country(self, code: str | None) -> Country | None:
        """The country of a code, or None."""
        return self.tables.countries.get(code or "")

    def holds(self, known: Known) -> bool:
        """Whether an actor is meant here: it exists in the report's year, and a local alias is at home."""
        if known.local and (self.own is None or known.country not in (self.own, *self._theatre())):
            return False
        return self.year is None or (known.since or 0) <= self.year <= (known.until or 9999)

    def known(self, alias: str) -> Known | None:
        """The actor that an alias means here: one of the report's country before one of another."""
        found = [known for known in self.tables.aliases.get(alias, ()) if self.holds(known)]
        return next((k for k in found if k.country in (self.own, None)), found[0] if found else None)

    def named(self, known: Known) -> Coded:
        """An actor of the table; the side of a state's organ depends on where the report plays."""
        side = known.side
        if known.kind in _OF_STATE and known.country and side in (known.country, f"{known.country}:government"):
            side = self._side(known.country) if self.own else side
        return Coded(known.name, known.kind, side, known.country)

    def forces(self, country: Country | None, body: str = "forces") -> Coded:
        """The forces (or the police) of a state: at home the government's, abroad the state's."""
        if country is None or country.code == "PS":
            name = "police" if body == "police" else "government forces"
            return Coded(name, "state_forces", None, country.code if country else None)
        demonym = country.demonyms[0]
        home = country.code == self.own
        if body == "police":
            return Coded(f"{demonym} police", "state_forces", self._side(country.code), country.code)
        name = f"{demonym} government forces" if home else f"{demonym} armed forces"
        return Coded(name, "state_forces", self._side(country.code), country.code)

    def government(self, country: Country | None) -> Coded | None:
        """The government of a state."""
        if country is None:
            return None
        return Coded(f"Government of {country.name}", "government", self._side(country.code), country.code)

    def seat(self, place: str) -> Coded | None:
        """The government that the name of its seat or of its country stands for: "Sanaa", "Moscow", "Armenia"."""
        place = fold(place).removeprefix("the ")
        for known in self.tables.seats.get(place, ()):
            if self.year is None or (known.since or 0) <= self.year <= (known.until or 9999):
                return self.named(known)
        code = self.tables.capitals.get(place) or (
            self.tables.by_word.get(place) if place in self.tables.country_names else None
        )
        return self.government(self.country(code))

    def conflict(self, words: Sequence[str]) -> Conflict | None:
        """The conflict of the report's country and year that tells whom words for armed people mean."""
        for code in (self.own, *self._theatre()):
            for conflict in self.tables.conflicts.get(code or "", ()):
                in_time = self.year is None or conflict.since <= self.year <= conflict.until
                told = not conflict.words or any(w.startswith(conflict.words) for w in words)
                if in_time and told:
                    return conflict
        return None

    def armed(self, words: Sequence[str], *, opposition: bool = False, labelled: bool = False) -> Coded:
        """Armed people without a name: of the side that the words or the report's conflict tell, else of none."""
        conflict = self.conflict(words) if opposition or labelled else None
        if conflict is not None:
            return Coded(conflict.name, "rebel_group", conflict.side, conflict.side.split(":")[0])
        if opposition:
            return Coded(
                "armed opposition group", "rebel_group", f"{self.own}:armed_opposition" if self.own else None, self.own
            )
        kind = "militia" if any(w.startswith(("militia", "paramilitar")) for w in words) else "unknown"
        return Coded("armed group", kind, None, self.own)

    def _side(self, code: str) -> str:
        return f"{code}:government" if code == self.own else code

    def _theatre(self) -> tuple[str, ...]:
        return self.tables.theatres.get(self.own or "", ())
