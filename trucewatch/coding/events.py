"""What happened: every word of a document that tells of an event, typed where it is of one of our types.

candidates  verbs and eventive nouns of the article's own parts
typed       by the patterns of data/events.toml, the first that matches
sifted      consequences, doubles, descriptors and the words that merely carry another event lose their type
certainty   status, polarity and factuality of each (coding/certainty.py)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trucewatch.coding.certainty import Certainty, as_calm, certainty_of, hedges_for
from trucewatch.coding.event_cues import load_cues
from trucewatch.coding.event_patterns import Matcher
from trucewatch.coding.event_refine import refine
from trucewatch.coding.event_sieve import Found, sift
from trucewatch.coding.event_table import EventTable, cameo, codes, load_table, ucdp
from trucewatch.coding.event_view import View
from trucewatch.model import ARTICLE_PARTS, Document, EventMention, Span, Words

__all__ = ["cameo", "codes", "find_events", "hedges_for", "ucdp"]

#: Verbs that tell of no happening by themselves.
EMPTY_VERBS = frozenset(
    {"be", "have", "do", "will", "would", "can", "could", "may", "might", "must", "should", "let", "seem",
     "appear", "regard", "concern", "follow", "accord", "include", "involve", "contain", "mean", "say",
     "tell", "add", "note", "cite", "quote", "state", "write", "explain", "stay", "remain", "become", "know",
     "bind", "give", "base", "name", "call", "need", "want", "think", "believe", "like", "get", "go", "make"}
)  # fmt: skip
#: Nouns with a frame that name a thing, not a happening.
INSTRUMENTS = frozenset(
    {"pause", "ceasefire", "truce", "armistice", "crossing", "exit", "corridor", "way", "group", "government",
     "force", "initiative", "report", "statement", "law", "bank", "rule", "state", "movement", "resident"}
)  # fmt: skip
#: A text of at most so many sentences needs less to be known as one about war.
SHORT_TEXT = 5
#: A text of at most so many sentences is known by a single word.
NOTE = 3
#: Back to how many sentences a truce word makes "it" a truce.
TRUCE_REACH = 2
#: Back to how many sentences, and by what weight of words, a crossing or corridor is what a sentence is about.
SHOTS = ("shot", "gunfire", "shooting", "burst", "explosion", "shell", "bullet")
EXIT_REACH = 5
EXIT_WEIGHT = 2


def find_events(doc: Document) -> list[EventMention]:
    """Every word that tells of an event, in text order (ids e1, e2 ...); `type` is None where not ours."""
    table = load_table()
    views = [View(sentence, table) for sentence in doc.sentences if doc.part_at(sentence.start) in ARTICLE_PARTS]
    topics = _topics(views, table)
    per_sentence: list[list[Found]] = []
    for at, view in enumerate(views):
        matcher = Matcher(table.classes, topics & _topics_near(views, at, table))
        per_sentence.append(list(_candidates(view, matcher, table)))
    refine(views, per_sentence)
    sift(views, per_sentence)
    mentions = [
        _mention(doc, view, found) for view, candidates in zip(views, per_sentence, strict=True) for found in candidates
    ]
    mentions.sort(key=lambda mention: mention.span)
    return [_numbered(mention, n) for n, mention in enumerate(mentions, start=1)]


#: What does not happen when it is told to be stopped: "suspended aid deliveries".
STOPPABLE = frozenset({"aid_delivered", "evacuation", "medical_evacuation", "prisoner_exchange", "release", "return"})
STOPPING = frozenset({"suspend", "halt", "stop", "block", "delay", "cancel", "postpone", "prevent", "freeze"})
CERTAIN = 3.0


def _stopped(view: View, i: int) -> bool:
    up = view.head(i)
    under = up >= 0 and view.lemmas[up] in STOPPING and view.tokens[i].upos == "NOUN"
    return under and (view.bases[i] == "obj" or view.tokens[i].dep == "nsubj:pass")


def _numbered(mention: EventMention, n: int) -> EventMention:
    return EventMention(
        id=f"e{n}",
        span=mention.span,
        text=mention.text,
        trigger=mention.trigger,
        factuality=mention.factuality,
        status=mention.status,
        polarity=mention.polarity,
        type=mention.type,
    )


def _topics(views: Sequence[View], table: EventTable) -> frozenset[str]:
    """What the document is about."""
    lemmas = {lemma for view in views for lemma in view.lemmas}
    lemmas |= {token.text.lower() for view in views for token in view.tokens}
    known = set()
    for name, topic in table.topics.items():
        weight = sum(topic.weights.get(lemma, 0) for lemma in lemmas)
        needed = 1 if len(views) <= NOTE else 2 if name != "war" or len(views) <= SHORT_TEXT else 4
        if weight >= needed:
            known.add(name)
    return frozenset(known | {"truce_before"})


def _topics_near(views: Sequence[View], at: int, table: EventTable) -> frozenset[str]:
    """The topics that hold at a sentence: exits only where words about them stand near it."""
    lemmas = {lemma for view in views[max(0, at - EXIT_REACH) : at + 2] for lemma in view.lemmas}
    weights = table.topics["exit"].weights
    exits = len(views) <= NOTE or sum(weights.get(lemma, 0) for lemma in lemmas) >= EXIT_WEIGHT
    truces = table.classes["TRUCEWORD"].words
    truce = any(lemma in truces for view in views[max(0, at - TRUCE_REACH) : at + 1] for lemma in view.lemmas)
    return frozenset({"war", "truce", *(["exit"] if exits else []), *(["truce_before"] if truce else [])})


def _candidates(view: View, matcher: Matcher, table: EventTable) -> Iterator[Found]:
    """The words of a sentence that tell of an event, typed by the first rule that matches."""
    taken: set[int] = set()
    for i in range(len(view.tokens)):
        kinds = _kinds(view, i)
        if not kinds:
            continue
        found = _typed(view, i, kinds, matcher, table)
        if found is None and _tells(view, i, table):
            found = Found(i, None)
        if found is not None:
            taken.update(found.extra)
            yield found


def _kinds(view: View, i: int) -> tuple[tuple[str, str], ...]:
    """Under which kinds of word, and which lemma, a token is looked up."""
    token, lemma = view.tokens[i], view.lemmas[i]
    if token.upos == "VERB":
        return (("verbs", lemma),)
    if token.upos == "NOUN":
        return (("nouns", lemma), ("adjectives", lemma))
    if token.upos == "PROPN" and view.names.get(i) not in ("person", "place", "organization"):
        return (("nouns", lemma), ("verbs", lemma))
    if token.upos in ("ADJ", "ADV"):
        plain = lemma.removesuffix("ed")
        return (("adjectives", lemma), ("verbs", plain)) if lemma.endswith("ed") else (("adjectives", lemma),)
    if token.upos == "AUX" and lemma == "be":
        return (("verbs", lemma),)
    return ()


def _typed(view: View, i: int, kinds: tuple[tuple[str, str], ...], matcher: Matcher, table: EventTable) -> Found | None:
    for kind, lemma in kinds:
        for rule in table.rules[kind].get(lemma, ()):
            extra = matcher.match(view, i, rule.pattern)
            if extra is not None:
                return Found(i, rule.type, tuple(sorted(extra)), rule.pattern.takes_negation)
    return None


def _tells(view: View, i: int, table: EventTable) -> bool:
    """Whether a word tells of an event that is none of ours: a predicate, no modifier, no empty verb."""
    token = view.tokens[i]
    if token.upos == "VERB":
        return view.lemmas[i] not in EMPTY_VERBS and view.bases[i] not in ("amod", "compound", "case", "mark")
    known = view.lemmas[i] in table.rules["nouns"] or (i in view.frames and token.factuality is not None)
    eventive = known and view.lemmas[i] not in INSTRUMENTS
    return token.upos == "NOUN" and eventive and view.bases[i] != "compound"


def _mention(doc: Document, view: View, found: Found) -> EventMention:
    told = certainty_of(view, found.i, graded=found.type is None)
    if found.type == "calm":
        told = as_calm(replace(told, status="happened") if found.negation_told else told)
        if told.polarity == "denied" and view.lemmas[found.i] in SHOTS:  # "have not heard a single shot"
            told = replace(told, polarity="affirmed", factuality=-told.factuality)
    if found.type in STOPPABLE and _stopped(view, found.i):
        told = replace(told, polarity="denied", factuality=-CERTAIN)
    if found.type is not None and found.negation_told and told.polarity == "denied":
        told = replace(told, polarity="affirmed", factuality=-told.factuality)
    told = _performed(view, found, told)
    told = _by_type(found, view.lemmas[found.i], told)
    span = _trigger(view, found)
    text = doc.text[span[0] : span[1]]
    return EventMention(
        span=span,
        text=text,
        trigger=Words(span=span, text=text),
        factuality=told.factuality,
        status=told.status,
        polarity=told.polarity,
        type=found.type,
    )


#: Types whose status is that of what is asked for, threatened or offered (record.md, Claim).
STATUS_OF_TYPE = {
    "demand": "demanded",
    "movement_asked": "demanded",
    "threat": "threatened",
    "truce_proposed": "offered",
    "proposal": "offered",
}


#: What is done by being announced: "announced that the pause would be extended".
PERFORMED = frozenset({"truce_extended", "truce_declared"})
ANNOUNCING = frozenset({"announce", "declare", "say", "confirm", "agree", "decide", "state"})


def _performed(view: View, found: Found, told: Certainty) -> Certainty:
    """A planned extension or declaration under a verb of announcing has happened with the announcement."""
    up = view.head(found.i)
    announced = up >= 0 and view.lemmas[up] in ANNOUNCING and view.bases[found.i] in ("ccomp", "xcomp")
    if found.type in PERFORMED and told.status == "planned" and announced:
        return replace(told, status="happened", factuality=3.0)
    return told


def _by_type(found: Found, lemma: str, told: Certainty) -> Certainty:
    status = STATUS_OF_TYPE.get(found.type or "")
    if found.type == "truce_proposed" and load_cues().governor.get(lemma) == "demanded":
        status = "demanded"
    if status is None or told.polarity == "denied" or told.status not in ("happened", "ongoing"):
        return told
    return Certainty(status, told.polarity, min(told.factuality, -1.0), told.hedges)


def _trigger(view: View, found: Found) -> Span:
    """The span of the trigger: the word, with the particle or object that makes it one."""
    last = found.i
    for at in found.extra if found.type is not None else ():
        if 0 < at - found.i <= 2:
            last = max(last, at)
    return view.tokens[found.i].start, view.tokens[last].end
