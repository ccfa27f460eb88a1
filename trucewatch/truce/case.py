"""What the rules look at for one truce, and where a word's sentence begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from trucewatch.model import Claim, Document, Extension, Mentions, Place, Span, Window
from trucewatch.truce.instruments import Instrument
from trucewatch.truce.sentences import sentence_span, word_at
from trucewatch.truce.wording import Label


@dataclass(slots=True)
class Case:
    """One truce under judgement: what the report tells of it and what was made of that so far."""

    doc: Document
    mentions: Mentions
    instrument: Instrument
    claims: Sequence[Claim]
    anchors: Sequence[Any] = ()
    main: bool = True
    others: Sequence[Instrument] = ()
    area: Place | None = None
    windows: list[Window] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What claims call it: its first wording."""
        wordings = self.instrument.label_words()
        return wordings[0].text if wordings else "truce"

    @property
    def topical(self) -> bool:
        """Whether the report is about it: named in its title, summary or first sentence."""
        body = next((p.span[0] for p in self.doc.report.parts if p.kind == "body"), 0)
        lead = sentence_span(self.doc, word_at(self.doc.text, body))
        labels = self.instrument.labels
        return any(x.part in ("title", "summary") or x.span[0] < lead[1] for x in labels)

    def of_type(self, *types: str) -> list[Claim]:
        """Its own claims of these types that are affirmed, and neither supposed nor threatened."""
        own = [c for c in self.instrument.claims if c.event.type in types and c.polarity == "affirmed"]
        return [c for c in own if c.status not in ("hypothetical", "threatened")]

    def words_of(self, claim: Claim) -> Span:
        """The span of a claim, widened to the sentence of its trigger."""
        start, end = sentence_span(self.doc, claim.event.trigger.span[0])
        return min(start, claim.span[0]), max(end, claim.span[1])

    def label_near(self, span: Span) -> Label | None:
        """Its first wording in the sentence of a span."""
        return self._label_of(self.instrument, span)

    def other_near(self, span: Span) -> Label | None:
        """The first wording of another truce in the sentence of a span."""
        return next((x for one in self.others if (x := self._label_of(one, span)) is not None), None)

    def _label_of(self, instrument: Instrument, span: Span) -> Label | None:
        start, end = sentence_span(self.doc, span[0])
        return next((x for x in instrument.labels if start <= x.span[0] < max(end, span[1])), None)


def actors_of(claim: Claim, *roles: str) -> list[str]:
    """The neutral names of a claim's actors in these roles, in order, or their words where there is no
    name."""
    return [actor.name or actor.text for actor in claim.actors if actor.role in roles]


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Claims in the order of the text."""
    return sorted(claims, key=lambda claim: (claim.span, claim.event.trigger.span, claim.id))


def ids(claims: Sequence[Claim]) -> list[str]:
    """Their ids, in the order given and each once."""
    return list(dict.fromkeys(claim.id for claim in claims))
