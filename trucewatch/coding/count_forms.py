"""The dictionary form under which a word of the text stands in a table, however the parse lemmatised it."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from trucewatch.model import Token

_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "found": "find", "left": "leave",
    "shot": "shoot",
    "fled": "flee", "came": "come", "went": "go", "gone": "go", "got": "get", "gotten": "get", "drove": "drive",
    "driven": "drive", "sent": "send", "slain": "slay", "slew": "slay", "seen": "see", "saw": "see", "made": "make",
    "held": "hold", "drew": "draw", "drawn": "draw", "lost": "lose", "brought": "bring", "withdrew": "withdraw",
    "withdrawn": "withdraw", "heard": "hear", "thought": "think", "knew": "know", "known": "know", "swore": "swear",
    "shown": "show", "understood": "understand", "felt": "feel", "began": "begin", "begun": "begin", "took": "take",
    "taken": "take", "fell": "fall", "fallen": "fall", "blew": "blow", "blown": "blow", "died": "die", "dying": "die",
    "threw": "throw", "thrown": "throw", "burnt": "burn", "met": "meet", "struck": "strike", "fought": "fight",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[str, ...]:
    """The dictionary forms that an inflected lower-case word may have, likeliest first."""
    found = [_IRREGULAR.get(word, word), word]
    for ending, replacements in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            found += [stem + replacement for replacement in replacements]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(found)


_ENDINGS = (
    ("ied", ("y",)),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("es", ("", "e")),
    ("s", ("",)),
    ("d", ("",)),
)


def form_in(token: Token, table: Container[str]) -> str:
    """The form of a token that the table knows; its lemma as parsed where it knows none."""
    lemma = token.lemma.lower()
    if lemma in table:
        return lemma
    return next((form for form in forms(token.text.lower()) if form in table), lemma)
