"""Sayings that only the language model found: taken where the rules are silent and the cue is a known one."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trucewatch.coding.count_forms import form_in
from trucewatch.coding.speech_cues import RawSaying, unsaid
from trucewatch.coding.speech_spans import spans_of
from trucewatch.coding.speech_tables import SpeechTables
from trucewatch.language.phrases import negated
from trucewatch.model import Sentence


def model_sayings(text: str, s: Sentence, known: Collection[int], tables: SpeechTables) -> Iterator[RawSaying]:
    """The model's sayings with source and content, by a cue of the tables that no rule has taken."""
    for saying in s.sayings:
        if not saying.cue or not saying.source or not saying.content:
            continue
        cues = [i for i in saying.cue if form_in(s.tokens[i], tables.cues) in tables.cues]
        if not cues or any(i in known for i in saying.cue) or negated(s, cues[0]) or unsaid(s, s.tokens[cues[0]]):
            continue
        source = [i for i in saying.source if i not in saying.content]
        content = spans_of(text, s, saying.content)
        if content and source:
            head = next((i for i in source if s.tokens[i].head not in source), source[-1])
            yield RawSaying(
                cue=((s.tokens[cues[0]].start, s.tokens[cues[0]].end),), source=spans_of(text, s, source)[:1],
                content=content, cue_token=cues[0], source_token=head,
            )  # fmt: skip
