"""Who says it: the attributions of a document, and who tells an event.

    sayings   by verbs (speech_cues), phrases and adverbs (speech_phrases), and the language model's own
    quotes    a quotation that goes on over several sentences belongs to its teller (speech_quotes)
    voice     named | class | hearsay, by the source's words (speech_voices)

`attribution_for` gives the nearest teller whose words hold an event; whom that teller cites stands in `chain`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from trucewatch.coding.speech_cues import RawSaying, mended, verb_sayings
from trucewatch.coding.speech_model import model_sayings
from trucewatch.coding.speech_phrases import phrase_sayings
from trucewatch.coding.speech_quotes import with_quotes
from trucewatch.coding.speech_tables import SpeechTables, load_speech
from trucewatch.coding.speech_voices import voice_of
from trucewatch.model import (
    ActorMention,
    Attribution,
    AttributionMention,
    ChainLink,
    Document,
    EventMention,
    Sentence,
    Source,
    Span,
    pieces,
)


def find_attributions(doc: Document, actors: Sequence[ActorMention]) -> list[AttributionMention]:
    """The attributions of the article's own parts, ordered by where they begin, with ids s1, s2 ..."""
    tables = load_speech()
    found: list[tuple[Sentence, RawSaying]] = []
    for sentence in doc.sentences:
        found.extend((sentence, saying) for saying in sentence_sayings(doc.text, sentence, tables))
    widened = with_quotes(doc, found)
    mentions = [_mention(doc, sentence, saying, actors, tables) for sentence, saying in widened]
    ordered = sorted(mentions, key=lambda m: (m.span[0], -m.span[1], m.cue.spans if m.cue else []))
    return [replace(mention, id=f"s{i}") for i, mention in enumerate(ordered, start=1)]


def sentence_sayings(text: str, sentence: Sentence, tables: SpeechTables) -> list[RawSaying]:
    """The sayings of one sentence, each cue once."""
    s = mended(sentence, tables)
    verbs = list(verb_sayings(text, s, tables))
    others = list(phrase_sayings(text, s, verbs, tables))
    verbs = [v for v in verbs if not any(v.cue_token == o.cue_token for o in others)]
    known = {saying.cue_token for saying in (*verbs, *others)}
    return [*verbs, *others, *model_sayings(text, s, known, tables)]


def _mention(
    doc: Document, s: Sentence, saying: RawSaying, actors: Sequence[ActorMention], tables: SpeechTables
) -> AttributionMention:
    text = doc.text
    spans = [*saying.cue, *saying.source, *saying.content]
    voice = voice_of(s, saying, actors, tables)
    hull: Span = (min(a for a, _ in spans), max(b for _, b in spans))
    return AttributionMention(
        span=hull,
        text=text[hull[0] : hull[1]],
        voice=voice,
        source=pieces(text, saying.source) if saying.source and voice != "hearsay" else None,
        cue=pieces(text, saying.cue) if saying.cue else None,
        content=pieces(text, saying.content) if saying.content else None,
    )


# ------------------------------------------------------------------ who tells an event


def attribution_for(
    doc: Document, event: EventMention, sayings: Sequence[AttributionMention], actors: Sequence[ActorMention]
) -> Attribution:
    """Who tells an event, inside the report: the outlet where nobody else is told to say it.

    The nearest teller is the source; those whom he cites, up to the origin, are the chain. A speaker is also
    the source of his own announcing, blaming or denying. Hearsay gives way to a source.
    """
    tables = load_speech()
    trigger = event.trigger.span
    holding = [saying for saying in sayings if _holds(saying, trigger) or _is_cue(saying, trigger, tables)]
    told = [saying for saying in holding if saying.voice != "hearsay"]
    if not told:
        heard = min(holding, key=_width, default=None)
        return _attribution(doc, heard, [], sayings, actors) if heard else Attribution()
    ordered = sorted(told, key=lambda saying: (-_width(saying), -len(saying.text), saying.span))
    return _attribution(doc, ordered[0], ordered[1:], sayings, actors)


def _width(saying: AttributionMention) -> int:
    spans = saying.content.spans if saying.content else [saying.span]
    return spans[-1][1] - spans[0][0]


def _holds(saying: AttributionMention, trigger: Span) -> bool:
    spans = saying.content.spans if saying.content else []
    return any(start <= trigger[0] and trigger[1] <= end for start, end in spans)


def _is_cue(saying: AttributionMention, trigger: Span, tables: SpeechTables) -> bool:
    """Whether the event is the saying itself ("X announced that ..."): X is its source."""
    return saying.cue is not None and trigger in saying.cue.spans and saying.voice != "hearsay"


def _attribution(
    doc: Document,
    saying: AttributionMention,
    inner: Sequence[AttributionMention],
    sayings: Sequence[AttributionMention],
    actors: Sequence[ActorMention],
) -> Attribution:
    content = saying.content
    if content is not None and len(content.spans) > 1:
        content = pieces(doc.text, [(content.spans[0][0], content.spans[-1][1])])
    links = [_link(other, sayings, actors) for other in inner if other.source and _differs(other, saying)]
    return Attribution(
        voice=saying.voice,
        source=_source(saying, sayings, actors) if saying.source else None,
        cue=saying.cue,
        content=content,
        chain=links,
    )


def _differs(other: AttributionMention, saying: AttributionMention) -> bool:
    return other.source is not None and (saying.source is None or other.source.spans != saying.source.spans)


def _source(
    saying: AttributionMention, sayings: Sequence[AttributionMention], actors: Sequence[ActorMention]
) -> Source:
    """The source of a saying coded by the actor on its words; "he" and "they" by the teller before them."""
    if saying.source is None:
        raise ValueError(f"the saying {saying.text!r} at {saying.span} has no source")
    spans = saying.source.spans
    actor = _actor_on(spans[0], actors)
    if saying.source.text.lower() in ("he", "she", "they", "it", "who") and (actor is None or actor.name is None):
        before = [s for s in sayings if s.source and s.span[0] < saying.span[0] and s.voice == "named"]
        named = max(before, key=lambda s: s.span, default=None)
        actor = _actor_on(named.source.spans[0], actors) if named and named.source else actor
    return Source(
        span=spans[0],
        text=saying.source.text,
        name=actor.name if actor else None,
        kind=actor.kind if actor else "unknown",
        side=actor.side if actor else None,
    )


def _actor_on(span: Span, actors: Sequence[ActorMention]) -> ActorMention | None:
    """The actor mention that covers most of a stretch, and of several the nearest in extent."""
    standing = [a for a in actors if a.span[0] < span[1] and span[0] < a.span[1]]
    return min(standing, key=lambda a: (abs(a.span[0] - span[0]) + abs(a.span[1] - span[1]), a.span), default=None)


def _link(
    saying: AttributionMention, sayings: Sequence[AttributionMention], actors: Sequence[ActorMention]
) -> ChainLink:
    source = _source(saying, sayings, actors)
    return ChainLink(
        span=source.span,
        text=source.text,
        name=source.name,
        kind=source.kind,
        side=source.side,
        cue=saying.cue,
    )
