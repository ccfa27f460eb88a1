"""Which language a text is in, as far as trucewatch must know it: English or not, and a name for what it is.

Own code on purpose. The question is narrow ("can the coder read this?"), and a library is the heavier and
the weaker answer: lingua ships 100 MB of models, py3langid loads for half a second and calls short
headlines full of Arabic or Slavic names Indonesian or Slovenian. Scripts decide outside of the Latin
alphabet, function words inside it; both are tables, and a short Latin text without any is taken for
English. Under 0.3 ms for an article. Layer: sources.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class _Tables:
    """Scripts as (first, last, language) code points, letters that tell a language, function words."""

    scripts: tuple[tuple[int, int, str], ...]
    letters: dict[str, tuple[tuple[str, str], ...]]
    words: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def load_languages() -> _Tables:
    """The tables of scripts, letters and function words, read once."""
    raw = tomllib.loads((files("trucewatch") / "data" / "languages.toml").read_text(encoding="utf-8"))
    return _Tables(
        scripts=tuple((int(a, 16), int(b, 16), name) for a, b, name in raw["scripts"]["ranges"]),
        letters={base: tuple(sorted(table.items())) for base, table in raw["letters"].items()},
        words={name: frozenset(line.split()) for name, line in raw["words"].items()},
    )


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; "und" where its script is not known, None without letters."""
    sample = _sample(text)
    scripts = _script_counts(sample)
    if not scripts:
        return None
    script, count = min(scripts.items(), key=lambda item: (-item[1], item[0]))
    if script != "latin" and count * 2 >= sum(scripts.values()):
        return _by_letters(script, sample)
    return _by_words(sample)


def _sample(text: str) -> str:
    """The start and the middle of a text: enough to tell, whatever its length."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return text[: _SAMPLE // 2] + " " + text[middle : middle + _SAMPLE // 2]


def _script_counts(sample: str) -> dict[str, int]:
    tables = load_languages()
    counts: Counter[str] = Counter()
    for char, times in Counter(sample).items():
        if not char.isalpha():
            continue
        code = ord(char)
        counts[next((name for a, b, name in tables.scripts if a <= code <= b), "und")] += times
    return dict(counts)


def _by_letters(script: str, sample: str) -> str:
    """The language of a script, or the one of its languages whose own letters stand in the text most."""
    own = load_languages().letters.get(script, ())
    scores = [(sum(sample.lower().count(char) for char in chars), name) for name, chars in own]
    best = max(scores, key=lambda score: score[0], default=(0, script))
    return best[1] if best[0] >= 2 else script


def _by_words(sample: str) -> str:
    """English unless another language's function words clearly outnumber the English ones."""
    words = Counter(word.lower() for word in _WORD.findall(sample))
    tables = load_languages().words
    scores = {name: sum(n for w, n in words.items() if w in own) for name, own in tables.items()}
    name = min(scores, key=lambda key: (-scores[key], key))
    if scores[name] >= 3 and scores[name] >= 2 * scores["en"] and scores[name] * 12 >= sum(words.values()):
        return name
    return "en"
