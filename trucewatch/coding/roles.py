"""Who plays which part in an event: initiator, target, victim, party, announcer, addressee, mover.

Read from the tree and the PropBank frames around the trigger. A passive without an agent has no initiator, and
nothing else stands in for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trucewatch.coding.role_tables import (
    AGENT_CASES,
    ARMED,
    CASUALTY,
    LIGHT,
    NOBODY,
    OBJECT_ROLE,
    RECIPROCAL,
    SUBJECT_ROLE,
    VIOLENT,
)
from trucewatch.language import phrases
from trucewatch.model import ActorMention, ActorRole, Document, EventMention, Sentence, Span


@dataclass(frozen=True, slots=True)
class _Scene:
    """An event in its sentence, with the actors of that sentence."""

    s: Sentence
    i: int  # the trigger's head token
    type: str
    actors: Sequence[ActorMention]
    deadly: bool = False  # "shot dead"


def roles_for(
    doc: Document, event: EventMention, actors: Sequence[ActorMention], led_to: Sequence[EventMention] = ()
) -> list[ActorRole]:
    """The actors of an event in the order of their words, each with its role; none is guessed.

    `led_to` are the casualty verbs of its sentence that tell what the event led to: their objects are victims.
    """
    s = doc.sentence_at(event.trigger.span[0])
    if s is None or event.type is None:
        return []
    i = _head(s, event.trigger.span)
    if i < 0:
        return []
    here = [a for a in actors if s.start <= a.span[0] < s.end]
    scene = _Scene(s, i, event.type, here, " dead" in event.text)
    roles = _nominal(scene) if s.tokens[i].upos in ("NOUN", "PROPN") else _verbal(scene)
    roles += _accused(scene, roles) + _bound(scene)
    for other in led_to:
        roles += _killed(scene, _head(s, other.trigger.span))
    roles += _victims(scene) + _later_victims(doc, scene, actors)
    return _distinct(role for role in roles if not _only_tells(role, event.type) and not _nobody(s, role))


def _nobody(s: Sentence, role: ActorRole) -> bool:
    """ "No aid convoy has reached ...": what "no" stands before has done nothing."""
    first = next((t for t in s.tokens if t.start >= role.span[0]), None)
    return first is not None and (first.lemma == "no" or (first.i > 0 and s.tokens[first.i - 1].lemma == "no"))


def _only_tells(role: ActorRole, type: str) -> bool:
    """Whether somebody who only tells of violence stands where the one who did it would."""
    return role.role == "initiator" and role.kind in ("monitor", "media", "ngo") and type in VIOLENT


def blamed(doc: Document, span: Span, actors: Sequence[ActorMention]) -> list[ActorRole]:
    """Those whom the content of a blame lays an act on: its first actors, as initiators."""
    inside = [a for a in actors if span[0] <= a.span[0] and a.span[1] <= span[1]]
    heads = [a for a in inside if not any(_within(a.span, b.span) for b in inside if b is not a)]
    return [as_role(heads[0], "initiator")] if heads else []


def as_role(actor: ActorMention, role: str) -> ActorRole:
    """An actor mention in a role."""
    return ActorRole(
        role=role,
        span=actor.span,
        text=actor.text,
        name=actor.name,
        kind=actor.kind,
        side=actor.side,
        country=actor.country,
        loaded=actor.loaded,
    )


def _head(s: Sentence, span: Span) -> int:
    tokens = [t.i for t in s.tokens if span[0] <= t.start and t.end <= span[1]]
    return phrases.head_of_span(s, (tokens[0], tokens[-1] + 1)) if tokens else -1


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


# ------------------------------------------------------------------ verbs


def _verbal(scene: _Scene) -> list[ActorRole]:
    s, i = scene.s, scene.i
    subject_role = SUBJECT_ROLE.get(scene.type, "initiator")
    object_role = OBJECT_ROLE.get(scene.type, "target")
    verb = _predicate(s, i)
    if subject_role == "mover" and not phrases.is_passive(s, verb) and s.tokens[verb].lemma not in _TRANSITIVE_GOING:
        moved = [r for o in phrases.objects(s, verb) for r in _at(scene, o, "mover")]
        if moved:  # "drove the crowd apart", "evacuated 300 families"
            return _subject(scene, verb, "initiator") + moved
    roles: list[ActorRole] = []
    if scene.type not in NOBODY:
        if phrases.is_passive(s, verb):
            agent = phrases.passive_agent(s, verb)
            roles += _at(scene, agent, "initiator" if subject_role in ("mover", "victim") else subject_role)
        elif not (subject_role == "victim" and s.tokens[verb].lemma in CASUALTY[:3]):
            roles += _accused(scene, []) or _subject(scene, verb, subject_role)
    for o in phrases.objects(s, verb):
        role = "victim" if is_casualty(s, verb) or scene.deadly else object_role
        if subject_role == "mover" and phrases.is_passive(s, verb):
            role = "mover"
        roles += _at(
            scene,
            o,
            role if role != "target" or scene.type not in ("protest", "territory_captured") else "target",
        )
    if is_casualty(s, verb) and not phrases.is_passive(s, verb) and s.tokens[verb].lemma == "die":
        roles = [r for r in roles if r.role != "initiator"] + _subject(scene, verb, "victim")
    roles += _addressees(scene, verb)
    return _untarget_movers(roles, scene.type)


#: Verbs of going whose object is what is gone to or left, and nobody who is moved.
_TRANSITIVE_GOING = ("leave", "flee", "cross", "reach", "enter", "use", "join", "meet", "exit", "escape", "pass")


def _predicate(s: Sentence, i: int) -> int:
    """The verb that carries the arguments: a participle or adverb of the trigger gives way to its verb."""
    token = s.tokens[i]
    return token.head if token.upos in ("ADV", "ADP") and token.head >= 0 else i


def _subject(scene: _Scene, verb: int, role: str) -> list[ActorRole]:
    s = scene.s
    subject = phrases.subject(s, verb)
    if subject < 0 and phrases.base(s.tokens[verb].dep) in ("advcl", "xcomp") and s.tokens[verb].head >= 0:
        subject = -1 if phrases.children_with(s, verb, "mark", "nsubj") else phrases.subject(s, s.tokens[verb].head)
    if subject < 0:
        return []
    if s.tokens[subject].text.lower() == "it" and phrases.base(s.tokens[verb].dep) == "ccomp":
        # "The army said it had agreed": "it" is who says so
        return _at(scene, phrases.subject(s, s.tokens[verb].head), role)
    found = _at(scene, subject, role)
    if found:
        return found
    # "Coup militia fire cut short the pause", "rebel shells killed": who stands before the noun of the act
    return _inside_noun(scene, subject, role)


def _inside_noun(scene: _Scene, noun: int, role: str) -> list[ActorRole]:
    s = scene.s
    agents = [c for c in phrases.children(s, noun) if s.tokens[c].dep in ("compound", "amod", "nmod:poss") or _by(s, c)]
    return [r for c in agents for r in _at(scene, c, role, subtree=False)]


def _by(s: Sentence, c: int) -> bool:
    return phrases.base(s.tokens[c].dep) in ("nmod", "obl") and _case(s, c) in AGENT_CASES


def _case(s: Sentence, c: int) -> str:
    return next((s.tokens[k].lemma.lower() for k in phrases.children_with(s, c, "case")), "")


def is_casualty(s: Sentence, i: int) -> bool:
    return s.tokens[i].lemma.lower() in CASUALTY


def _addressees(scene: _Scene, verb: int) -> list[ActorRole]:
    if scene.type not in (
        "demand",
        "threat",
        "accusation",
        "truce_proposed",
        "proposal",
        "truce_rejected",
        "truce_renounced",
        "movement_asked",
    ):
        return []
    s = scene.s
    told = [
        c
        for c in phrases.children_with(s, verb, "iobj") + phrases.children_with(s, verb, "obl")
        if _case(s, c) in ("", "to", "of", "against")
    ]
    roles = [r for c in told for r in _at(scene, c, "addressee")]
    if scene.type in ("truce_rejected", "truce_renounced"):
        for o in phrases.objects(s, verb):
            owners = phrases.children_with(s, o, "nmod:poss", "compound") + [
                c
                for k in phrases.children_with(s, o, "appos", "nmod")
                for c in phrases.children_with(s, k, "nmod:poss", "compound")
            ]
            roles += [r for c in owners for r in _at(scene, c, "addressee", subtree=False)]
    return roles


def _untarget_movers(roles: list[ActorRole], type: str) -> list[ActorRole]:
    """What a mover moves towards is a place, not a target."""
    if SUBJECT_ROLE.get(type) != "mover":
        return roles
    return [r for r in roles if r.role != "target"]


# ------------------------------------------------------------------ nouns


def _nominal(scene: _Scene) -> list[ActorRole]:
    s, i = scene.s, scene.i
    subject_role = SUBJECT_ROLE.get(scene.type, "initiator")
    object_role = OBJECT_ROLE.get(scene.type, "target")
    if scene.type in NOBODY:
        return []
    roles: list[ActorRole] = []
    reciprocal = _is_reciprocal(s, i)
    for c in phrases.children(s, i):
        dep, case = phrases.base(s.tokens[c].dep), _case(s, c)
        if dep in ("nmod", "obl") and case in RECIPROCAL and (reciprocal or subject_role == "party"):
            roles += _all_at(scene, c, "party")
        elif s.tokens[c].dep == "nmod:poss" or _by(s, c) or (dep in ("compound", "amod") and not reciprocal):
            roles += _at(scene, c, subject_role, subtree=False)
        elif dep == "nmod" and case in ("of", "on", "against", "at"):
            roles += _at(scene, c, "party" if reciprocal else object_role)
    if not any(r.role == subject_role for r in roles) and not reciprocal:
        roles += _light_subject(scene, subject_role)
    return roles


def _bound(scene: _Scene) -> list[ActorRole]:
    """ "announced that its forces would hold their fire": whom the declaration binds is a party."""
    s = scene.s
    if scene.type not in ("truce_declared", "truce_extended", "truce_proposed"):
        return []
    clauses = phrases.children_with(s, scene.i, "ccomp", "xcomp")
    return [r for c in clauses for r in _at(scene, phrases.subject(s, c), "party") if r.kind in ARMED]


def _accused(scene: _Scene, roles: Sequence[ActorRole]) -> list[ActorRole]:
    """ "X accused Y of shelling": Y is the one who is said to have done it."""
    s = scene.s
    if any(r.role == "initiator" for r in roles) or SUBJECT_ROLE.get(scene.type, "initiator") != "initiator":
        return []
    for i in phrases.path_up(s, scene.i)[1:4]:
        if s.tokens[i].lemma in ("accuse", "blame", "suspect", "condemn", "charge", "hold"):
            heads = phrases.children_with(s, i, "obj", "iobj") or phrases.children_with(s, i, "obl")
            return [r for h in heads[:1] for r in _at(scene, h, "initiator")]
    return []


def _is_reciprocal(s: Sentence, i: int) -> bool:
    """ "an exchange of fire", "clashes": nobody of them began it."""
    words = {s.tokens[j].lemma.lower() for j in phrases.subtree(s, i)} | {s.tokens[i].lemma.lower()}
    governor = s.tokens[i].head
    if governor >= 0 and _case(s, i) == "of":
        words.add(s.tokens[governor].lemma.lower())
    return bool(words & {"exchange", "clash", "fighting", "skirmish", "crossfire", "duel"})


def _light_subject(scene: _Scene, role: str) -> list[ActorRole]:
    """ "The army launched air strikes": the subject of the verb that only carries the noun."""
    s, i = scene.s, scene.i
    head = s.tokens[i].head
    if (
        head < 0
        or phrases.base(s.tokens[i].dep) not in ("obj", "nsubj", "obl", "xcomp")
        or s.tokens[head].lemma not in LIGHT
    ):
        return []
    if phrases.base(s.tokens[i].dep) == "nsubj":
        agent = phrases.passive_agent(s, head)
        return _at(scene, agent, role)
    if phrases.is_passive(s, head):
        return _at(scene, phrases.passive_agent(s, head), role)
    return _subject(scene, head, role)


# ------------------------------------------------------------------ victims told beside the act


def _victims(scene: _Scene) -> list[ActorRole]:
    """Those killed or wounded in a clause that tells what the act led to."""
    s, i = scene.s, scene.i
    if SUBJECT_ROLE.get(scene.type) in ("announcer",):
        return []
    roles: list[ActorRole] = []
    for t in s.tokens:
        if t.i == i or not is_casualty(s, t.i) or t.upos != "VERB" or not _leads_to(s, i, t.i):
            continue
        roles += _killed(scene, t.i)
    return roles


def _killed(scene: _Scene, verb: int) -> list[ActorRole]:
    """Those whom a casualty verb says were killed or wounded."""
    s = scene.s
    if verb < 0:
        return []
    if s.tokens[verb].lemma.lower() == "die":
        return _at(scene, phrases.subject(s, verb), "victim")
    return [r for o in phrases.objects(s, verb) for r in _at(scene, o, "victim")]


def _leads_to(s: Sentence, act: int, casualty: int) -> bool:
    """Whether the casualty verb hangs on the act (participle, coordination) or the act on it."""
    token = s.tokens[casualty]
    if act in phrases.path_up(s, casualty)[1:3]:
        return phrases.base(token.dep) in ("advcl", "conj", "parataxis", "acl", "xcomp")
    path = phrases.path_up(s, act)[1:4]
    return casualty in path and phrases.base(s.tokens[act].dep) in ("nsubj", "obl", "nmod", "advcl")


_RESULT = (
    "as a result",
    "as result",
    "as a consequence",
    "the attack left",
    "the shelling left",
    "the strike left",
)


def _later_victims(doc: Document, scene: _Scene, actors: Sequence[ActorMention]) -> list[ActorRole]:
    """Victims in the sentence after, where it says that it tells the result."""
    after = next((s for s in doc.sentences if s.start >= scene.s.end), None)
    if after is None or not doc.text[after.start : after.end].lower().startswith(_RESULT):
        return []
    here = [a for a in actors if after.start <= a.span[0] < after.end]
    inner = _Scene(after, -1, "casualties", here)
    roles = []
    for t in after.tokens:
        if t.upos == "VERB" and is_casualty(after, t.i):
            roles += [r for o in phrases.objects(after, t.i) for r in _at(inner, o, "victim")]
    return roles


# ------------------------------------------------------------------ from token to actor


def _at(scene: _Scene, i: int, role: str, *, subtree: bool = True) -> list[ActorRole]:
    """The actors that the phrase headed by a token denotes, its conjuncts each for itself."""
    if i < 0:
        return []
    found = []
    for head in phrases.conjuncts(scene.s, i):
        actor = _actor_at(scene, head, subtree=subtree)
        if actor is not None:
            found.append(as_role(actor, role))
    return found


def _all_at(scene: _Scene, i: int, role: str) -> list[ActorRole]:
    return _at(scene, i, role)


def _actor_at(scene: _Scene, head: int, *, subtree: bool) -> ActorMention | None:
    s = scene.s
    token = s.tokens[head]
    holding = [a for a in scene.actors if a.span[0] <= token.start and token.end <= a.span[1]]
    if holding:
        return max(holding, key=lambda a: a.span[1] - a.span[0])
    if not subtree:
        return None
    if token.lemma.lower() in _ELLIPTIC or token.upos == "NUM":
        # "some 40 patients arrived, and several crossed": of those told last in the sentence
        before = [a for a in scene.actors if a.span[1] <= token.start and a.kind in ("civilians", "unknown")]
        own = [a for a in scene.actors for c in phrases.subtree(s, head) if a.span[0] == s.tokens[c].start]
        return own[0] if own else (before[-1] if before else None)
    # "several hundreds of civilians", "a crowd of onlookers": who stands in the "of" phrase
    for c in phrases.children_with(s, head, "nmod"):
        if _case(s, c) == "of":
            return _actor_at(scene, c, subtree=False)
    return None


_ELLIPTIC = ("several", "some", "many", "few", "other", "others", "dozen", "most", "half")


def _distinct(roles: Iterable[ActorRole]) -> list[ActorRole]:
    """Each actor once, in its first role; in the order of the words."""
    seen: dict[Span, ActorRole] = {}
    for role in roles:
        if role.span not in seen:
            seen[role.span] = role
    return sorted(seen.values(), key=lambda r: r.span)
