"""Readers' comments: authors, dates and votes in the habits of several systems."""

from __future__ import annotations

import pytest

from trucewatch.sources.comments import split_comments
from trucewatch.sources.units import split_units

Told = tuple[str | None, str | None, int | None]


def told(text: str, count: int | None = None) -> list[Told]:
    units = split_units(text)
    return [(c.author, c.posted, c.votes) for c in split_comments(units, range(len(units)), count)]


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("Faris K.\n16 February 2024\nThey killed 50.\n👍 7\n\nUmm Layan\nNobody crossed.\n👍 3",
         [("Faris K.", "2024-02-16", 7), ("Umm Layan", None, 3)]),
        ("abdul_k · 2 hours ago\nLies!\nLike · Reply · 12\n\nDr. Who · 1 hour ago\nSad.\nLike · Reply · 0",
         [("abdul_k", None, 12), ("Dr. Who", None, 0)]),
        ("Jorge says:\nJanuary 11, 2018 at 8:02 am\nTen died.\nReply\nMaria Elena says:\nJanuary 12, 2018\nNo.\nReply",
         [("Jorge", "2018-01-11T08:02", None), ("Maria Elena", "2018-01-12", None)]),
        ("Ann Lee (3 May 2019)\nIt was 400.\n+3\nBob (4 May 2019)\nNo.\n-1",
         [("Ann Lee", "2019-05-03", 3), ("Bob", "2019-05-04", -1)]),
        ("level_headed 12 points 3 hours ago\nTrue.\n\nthrow99 -4 points 2 hours ago\nlol",
         [("level_headed", None, 12), ("throw99", None, -4)]),
        ("Some words of a reader.\nUpvote 12\nOther words of a reader.\nUpvote 3", [(None, None, 12), (None, None, 3)]),
    ],
)  # fmt: skip
def test_habits(text: str, comments: list[Told]) -> None:
    assert told(text) == comments


def test_paragraphs_are_comments_only_where_the_page_counts_as_many() -> None:
    text = "First paragraph of it here.\n\nSecond paragraph of it here."
    assert len(told(text, 1)) == 1
    assert len(told(text, 2)) == 2
    assert len(told(text)) == 1
