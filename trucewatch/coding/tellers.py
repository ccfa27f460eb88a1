"""From an attribution found in the text to the attribution of a claim."""

from __future__ import annotations

import re

from trucewatch.model import Attribution, AttributionMention, ChainLink, Mentions, Pieces, Source, Span

_BLAME = re.compile(
    r"\b(blam(e|es|ed|ing)|accus(e|es|ed|ing)|held? .{0,40}responsible|"
    r"point(s|ed|ing)? (the|a) finger|implicat(e|es|ed))\b",
    re.IGNORECASE,
)


def blames(saying: AttributionMention) -> bool:
    """Whether the cue of a saying lays an act on somebody."""
    return saying.cue is not None and bool(_BLAME.search(saying.cue.text))


def attribution_of(saying: AttributionMention, mentions: Mentions) -> Attribution:
    """The attribution that a saying gives to a claim, with the tellers further back whom it cites."""
    source = source_of(saying.source, mentions) if saying.source else None
    return Attribution(
        voice=saying.voice,
        source=source,
        cue=saying.cue,
        content=saying.content,
        chain=_chain(saying, mentions),
    )


def source_of(pieces: Pieces, mentions: Mentions) -> Source:
    """The source of a saying, coded by the actor mention that stands on its words."""
    span: Span = pieces.spans[0]
    standing = [a for a in mentions.actors if a.span[0] < span[1] and span[0] < a.span[1]]
    actor = min(standing, key=lambda a: abs(a.span[0] - span[0]) + abs(a.span[1] - span[1]), default=None)
    return Source(
        span=span,
        text=pieces.text if len(pieces.spans) == 1 else pieces.text[: span[1] - span[0]],
        name=actor.name if actor else plain_name(pieces.text),
        kind=actor.kind if actor else "unknown",
        side=actor.side if actor else None,
    )


def plain_name(text: str) -> str | None:
    """The name of a source that no actor stands for: its own words without the article; a pronoun is no name."""
    if text.lower() in ("he", "she", "it", "they", "who", "we", "i", "one"):
        return None
    return re.sub(r"^(?:the|an?)\s+", "", text, flags=re.IGNORECASE)


def _chain(saying: AttributionMention, mentions: Mentions) -> list[ChainLink]:
    """Sayings of the same content by others than its teller: whom he cites."""
    if saying.content is None:
        return []
    links = []
    for other in mentions.attributions:
        cites = other.cue is not None and re.search(r"\bcit(e|es|ed|ing)\b|\bquot(e|es|ed|ing)\b", other.cue.text)
        if other.id != saying.id and cites and other.content == saying.content and other.source:
            source = source_of(other.source, mentions)
            links.append(
                ChainLink(
                    span=source.span,
                    text=source.text,
                    name=source.name,
                    kind=source.kind,
                    side=source.side,
                    cue=other.cue,
                )
            )
    return links
