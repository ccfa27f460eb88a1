"""Write trucewatch/data/actor_countries.csv from countryinfo (PyPI, MIT): code, name, other names, demonyms, seats.

python training/countries.py FOLDER      # the unpacked countryinfo/data folder
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

#: Countries whose name, other names, demonyms (the first stands in names of forces) or seats reports tell otherwise
#: than the package: code -> (name, other names, demonyms, seats); an empty text keeps the package's.
MORE = {
    "AE": ("the United Arab Emirates", "UAE", "Emirati", "Abu Dhabi"),
    "AR": ("", "", "Argentine|Argentinian|Argentinean", ""),
    "BA": ("Bosnia and Herzegovina", "Bosnia|Bosnia-Herzegovina", "Bosnian", ""),
    "BF": ("", "", "Burkinabe|Burkinabé|Burkinabè", ""),
    "BW": ("", "", "Botswanan|Motswana", ""),
    "CD": ("the Democratic Republic of the Congo",
           "DR Congo|DRC|Congo|Democratic Republic of Congo|Congo-Kinshasa|Zaire", "Congolese|Zairean|Zairian", ""),
    "CF": ("the Central African Republic", "CAR", "Central African", ""),
    "CG": ("the Republic of the Congo", "Congo-Brazzaville", "Congolese", ""),
    "CI": ("", "Cote d'Ivoire|Côte d'Ivoire", "Ivorian", "Yamoussoukro|Abidjan"),
    "CM": ("", "", "Cameroonian", "Yaounde|Yaoundé"),
    "CO": ("", "", "Colombian", "Bogota|Bogotá"),
    "CZ": ("Czechia", "Czech Republic", "Czech", ""),
    "DJ": ("", "", "Djiboutian", ""),
    "GB": ("the United Kingdom", "UK|U.K.|Britain|Great Britain", "British|UK|U.K.", "London"),
    "IL": ("", "", "Israeli", "Jerusalem|Tel Aviv"),
    "IN": ("", "", "Indian", "New Delhi|Delhi"),
    "KG": ("", "", "Kyrgyz|Kirghiz", ""),
    "KZ": ("", "", "Kazakh|Kazakhstani", "Astana|Nur-Sultan"),
    "LS": ("", "", "Basotho|Mosotho", ""),
    "MK": ("North Macedonia", "Macedonia", "Macedonian", ""),
    "MM": ("", "Burma", "Myanmar|Burmese", "Naypyidaw|Naypyitaw|Nay Pyi Taw|Rangoon"),
    "NL": ("the Netherlands", "Holland", "Dutch", "The Hague|Amsterdam"),
    "NP": ("", "", "Nepalese|Nepali", ""),
    "PH": ("the Philippines", "", "Philippine|Filipino", ""),
    "PK": ("", "", "Pakistani", "Islamabad|Rawalpindi"),
    "PS": ("Palestine", "State of Palestine|Palestinian Territories", "Palestinian", "Ramallah"),
    "RU": ("", "Russian Federation", "Russian", ""),
    "SA": ("", "", "Saudi|Saudi Arabian", ""),
    "SD": ("", "", "Sudanese", "Khartoum|Port Sudan"),
    "SS": ("South Sudan", "", "South Sudanese", ""),
    "SY": ("", "Syrian Arab Republic", "Syrian", ""),
    "SZ": ("Eswatini", "Swaziland", "Swazi", "Mbabane"),
    "TD": ("", "", "Chadian", "N'Djamena|Ndjamena"),
    "TJ": ("", "", "Tajik|Tajikistani", ""),
    "TR": ("", "Turkiye|Türkiye", "Turkish", ""),
    "UA": ("", "", "Ukrainian", "Kyiv|Kiev"),
    "US": ("the United States", "USA|U.S.|US|United States of America|America", "US|U.S.|American", "Washington"),
    "UZ": ("", "", "Uzbek|Uzbekistani", ""),
    "VN": ("", "", "Vietnamese", ""),
    "YE": ("", "", "Yemeni", "Sana'a"),
}  # fmt: skip
#: States that the package lacks: some are gone, and reports of their time name them.
ADDED = {
    "SU": ("the Soviet Union", "USSR|U.S.S.R.", "Soviet", ""),
    "XK": ("Kosovo", "Kosova", "Kosovar|Kosovan|Kosovo", "Pristina|Prishtina"),
    "YU": ("Yugoslavia", "Federal Republic of Yugoslavia", "Yugoslav|Yugoslavian", ""),
}
#: Rows of the package that name no state with forces of its own under a word that another state has.
LEFT_OUT = ("CS", "MO", "HK", "IO", "MP", "MQ", "NC", "PF", "PM", "RE", "SJ", "TF", "YT", "GP", "GS", "GG", "JE")


def _capital(data: dict[str, Any]) -> str:
    capital = data.get("capital") or ""
    return str(capital[0] if isinstance(capital, list) else capital).replace(" D.C.", "")


def _row(code: str, data: dict[str, Any]) -> list[str]:
    demonyms = "|".join(d.strip() for d in data.get("demonym", "").split(",") if d.strip())
    told = MORE.get(code, ("", "", "", ""))
    return [code, told[0] or data["name"].split(",")[0], told[1], told[2] or demonyms, told[3] or _capital(data)]


def main(folder: Path) -> None:
    """Read every country of the package and write one row each, sorted by code."""
    rows = {code: [code, *row] for code, row in ADDED.items()}
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        code = data.get("ISO", {}).get("alpha2")
        if code and code not in LEFT_OUT and (data.get("demonym") or code in MORE):
            rows[code] = _row(code, data)
    out = Path(__file__).parents[1] / "trucewatch" / "data" / "actor_countries.csv"
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write("# Source: countryinfo 1.0.1 (PyPI, MIT), with names in use; made by training/countries.py\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "names", "demonyms", "seats"])
        writer.writerows(rows[code] for code in sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
