"""What the network sees of a word, and the files that hold the model: shared by the parser and the training.

Layer: lowest of language. Imports nothing from the package.
"""

from __future__ import annotations

from pathlib import Path

MODEL_FOLDER = Path(__file__).parent / "model"
CLS, SEP, UNK = 101, 102, 100
MAX_PIECES_OF_WORD = 12  # the head of a longer word is enough to know it by
CASES = 8


def case_of(word: str) -> int:
    """Give the class of a word's capitals; the encoder itself is uncased.

    1 digits, 2 marks only, 3 lower, 4 upper, 5 one capital, 6 title, 7 mixed; 0 is kept for padding.
    """
    if not any(c.isalpha() for c in word):
        return 1 if any(c.isdigit() for c in word) else 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 6 if word[0].isupper() and word[1:].islower() else 7


def seen_as(word: str) -> str:
    """Give the word as the vocabulary knows it: straight quotes, dashes of one kind."""
    if word.isascii():
        return word
    return word.translate(_PLAIN) or word


_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'", "‑": "-"})
