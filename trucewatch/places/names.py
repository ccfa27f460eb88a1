"""Keys under which a place name is looked up: the same for all common spellings of one name.

Transliterations differ in case, diacritics, apostrophes, hyphens and the article (al-, el-, ash-, ez-); Arabic,
Cyrillic and other scripts also in vowels and doubled letters. `key` levels out the first kind and is exact, `bare`
leaves articles out too, `skeleton` keeps the consonants only and finds candidates that `distance` then compares.

Layer: places. Imports nothing from the package.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Forms of the Arabic article, also assimilated, as they stand alone once hyphens are opened.
ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "as",
        "es",
        "us",
        "ash",
        "esh",
        "ush",
        "ad",
        "ed",
        "ud",
        "adh",
        "edh",
        "ar",
        "er",
        "ur",
        "az",
        "ez",
        "uz",
        "at",
        "et",
        "ut",
        "ath",
        "eth",
        "an",
        "en",
        "un",
    ]
)
_SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h"}
)
_APOSTROPHES = re.compile("['’‘ʼʻʾʿ`´ʹʺ′″\"“”‛ˈ]")
_BREAKS = re.compile(r"[\s\-‐‑‒–—_/.,()]+")


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The name folded: case, diacritics, apostrophes, hyphens, form of the article, Saint for St."""
    folded = _fold(name)
    tokens = folded.split()
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        if i < last and token in ARTICLES:
            tokens[i] = "al"
        elif i < last and token in ("st", "ste", "sainte"):
            tokens[i] = "saint"
    return " ".join(tokens)


def _fold(name: str) -> str:
    text = unicodedata.normalize("NFKD", name.casefold()).translate(_SPECIAL)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _BREAKS.sub(" ", _APOSTROPHES.sub("", text)).strip()


def bare(folded: str) -> str:
    """A key without its articles; the key itself where nothing else would be left of it."""
    tokens = [t for t in folded.split() if t != "al"]
    return " ".join(tokens) or folded


_LONG = (("ou", "u"), ("oo", "u"), ("ee", "i"))


def worn(folded: str) -> str:
    """A key without articles, doubled letters, long vowels and a final h: ar-Raqqah, Raqqa, Raqa -> raqa."""
    text = bare(folded)
    for written, one in _LONG:
        text = text.replace(written, one)
    return _DOUBLE.sub(r"\1", text).removesuffix("h")


_DIGRAPHS = (
    ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("zh", "z"), ("ph", "f"), ("ck", "k"),
    ("ch", "s"), ("q", "k"), ("c", "k"), ("v", "w"), ("dj", "j"), ("ts", "s"), ("tz", "z"),
)  # fmt: skip
_VOWELS = re.compile("[aeiouyw]+")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def skeleton(folded: str) -> str:
    """The consonants of a key, what transliterations confuse made one: Qasr, Kaser -> ksr."""
    words = []
    for token in bare(folded).split():
        for written, one in _DIGRAPHS:
            token = token.replace(written, one)
        token = _VOWELS.sub("", token)
        token = _DOUBLE.sub(r"\1", token)
        words.append(token[:-1] if len(token) > 2 and token.endswith("h") else token)
    return "".join(words)


def distance(a: str, b: str, most: int = 4) -> int:
    """The edit distance (insert, delete, replace) of two keys; `most + 1` where it is larger than `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, diagonal = i, i - 1
        new = [i]
        for j, y in enumerate(b, 1):
            left = min(left + 1, row[j] + 1, diagonal + (x != y))
            diagonal = row[j]
            new.append(left)
        row = new
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
