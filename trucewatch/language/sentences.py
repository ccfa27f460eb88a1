"""Where sentences and words begin and end: rules, no model.

`split` gives sentence spans, `tokens` gives word spans in the manner of UD English EWT (clitics, hyphens and
brackets stand alone). All spans are absolute code points of the text that was given.

Layer: above model. Imports only model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.model import Span


def words_of(text: str) -> frozenset[str]:
    """Give the words of a list that is written with spaces."""
    return frozenset(text.split())


# A full stop after one of these never ends a sentence.
TITLES = words_of(
    "gen lt col sgt maj capt cpt cmdr adm brig mr mrs ms dr st rep sen gov pres prof rev hon amb fr sr. lt-gen "
    "maj-gen brig-gen vs no nos fig figs p pp vol approx ca cf viz e.g i.e al-gen eg ie mt ft spc pfc cpl supt "
    "min. dep asst"
)
# A full stop after one of these ends a sentence only before a word that likes to open one.
MAYBE = words_of(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun inc ltd co "
    "corp etc al jr sr bros dept est u.s u.k u.n e.u u.s.a u.a.e a.m p.m d.c ph.d m.d b.c a.d u.s.s.r "
    "op.cit ibid km kg mi hrs min lb ave blvd rd ariz calif fla mass mich minn tex va wash"
)
STARTERS = words_of(
    "the a an in on at as it its he she they we i you this that these those but and or so yet however there "
    "if when while after before since although though according meanwhile earlier later also his her their our "
    "some many most one two three no not what who where why how for from with by until under over to of "
    "several both each all any such then now today yesterday"
)
# A line that ends in one of these runs on, whatever stands at the start of the next.
RUNS_ON = words_of(
    "the a an of in on at to by for from with and or nor but as that which who is are was were be been has have "
    "had will would its his her their our my your into over under near against between than"
)

_CLOSERS = r"[\"'”’»)\]]*(?:\[\d{1,3}\])*"
_END = re.compile(rf"(?:[.!?…。؟]+){_CLOSERS}(?=\s|$)")
_GLUED = re.compile(r"(?<=[a-z]{3})[.!?](?=[A-Z][a-z]+[\s,])")
_NEWLINE = re.compile(r"[ \t\r\f\v\u00a0]*(?:\n|\r|\u2028|\u2029)[ \t\r\f\v\u00a0]*")
_BULLET = re.compile(r"[-–—•·*▪►●]\s|\(?\d{1,2}[.)]\s|\(?[a-z][)]\s")
_LAST_WORD = re.compile(r"(\S+?)[.!?…]+[\"'”’»)\]]*$")
_NEXT = re.compile(r"\s*[\"'“‘«(\[]*([^\s\"'“‘«(\[]+)")
_OPEN_LETTER = re.compile(r"[\"'“‘«(\[]*")


def split(text: str, start: int, end: int) -> list[Span]:
    """Give the spans of the sentences in text[start:end], in order, without white space at their edges."""
    found: list[Span] = []
    for low, high in _paragraphs(text, start, end):
        at = low
        for cut in _cuts(text, low, high):
            found.extend(_stripped(text, at, cut))
            at = cut
        found.extend(_stripped(text, at, high))
    return found


def _stripped(text: str, low: int, high: int) -> list[Span]:
    """Give the span without white space at its edges, in a list that is empty if nothing is left."""
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return [(low, high)] if low < high else []


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut at line ends that end a paragraph; the end of a hard-wrapped line is no such end."""
    at = start
    for gap in _NEWLINE.finditer(text, start, end):
        if gap.start() < at:
            continue
        if not _wrapped(text, at, gap.start(), gap.end(), end):
            yield at, gap.start()
            at = gap.end()
    yield at, end


def _wrapped(text: str, start: int, line_end: int, next_start: int, end: int) -> bool:
    """Tell whether the line that ends at `line_end` runs on in the next."""
    if next_start >= end or line_end == start or text[next_start] in "\n\r":
        return False
    line_start = max(text.rfind("\n", start, line_end) + 1, start)
    line = text[line_start:line_end].rstrip()
    after = text[next_start : min(end, next_start + 8)]
    if not line or _BULLET.match(after) or line[-1] in ".!?:;":
        return False
    if after[0].islower():
        return True
    words = line.rsplit(None, 1)
    return (len(line) >= 45 and line[-1] == ",") or (len(line) >= 20 and words[-1].lower() in RUNS_ON)


def _cuts(text: str, low: int, high: int) -> Iterator[int]:
    """Give the offsets in (low, high) at which a sentence ends."""
    points = [m.end() for m in _END.finditer(text, low, high)]
    points += [m.end() for m in _GLUED.finditer(text, low, high) if not _in_address(text, low, m.end())]
    last = low
    for point in sorted(points):
        if point < high and _ends_sentence(text, last, point, high):
            yield point
            last = point


def _in_address(text: str, low: int, point: int) -> bool:
    """Tell whether the word up to `point` is part of a web address, an e-mail or a file name."""
    word = text[max(low, text.rfind(" ", low, point) + 1) : point]
    return any(mark in word for mark in ("/", "@", "www.", "_"))


def _ends_sentence(text: str, low: int, point: int, high: int) -> bool:
    """Tell whether the stop that ends at `point` ends the sentence that began at `low`."""
    following = _NEXT.match(text, point, high)
    if following is None:
        return True
    word = following.group(1)
    stops = text[low:point].rstrip("\"'”’»)]")
    if "[" in stops[-5:]:  # a footnote mark closed the sentence
        stops = stops[: stops.rfind("[")]
    if not stops or stops[-1] != ".":
        return not word[0].islower()
    if stops.endswith("..") or "…" in stops[-3:]:
        return word[0].isupper() or word[0].isdigit()
    if word[0].islower() or word[0] in ",;:":
        return False
    return _stop_is_final(stops, word)


def _stop_is_final(stops: str, word: str) -> bool:
    """Judge a single full stop by the word that it follows and the one that comes next."""
    before = _LAST_WORD.search(stops)
    raw = before.group(1) if before else ""
    shown = raw.lstrip("\"'“‘«([")
    last = shown.lower()
    if last in TITLES or "@" in word[:1]:
        return False
    starter = word.rstrip(",.;:!?'’\"”)").lower() in STARTERS
    if last in MAYBE or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        return starter and not (last in {"a.m", "p.m"} and word.isupper() and len(word) > 1)
    if re.fullmatch(r"[A-Za-z]", shown):
        return starter and shown not in "AIJ"
    # `1. The army` at the start of a line is a bullet, not a sentence.
    return not (re.fullmatch(r"\(?\d{1,2}", last) and len(stops.strip()) <= 4)


# ------------------------------------------------------------------ words

PREFIXES = words_of(
    "e co non pre post re ex anti multi semi mid inter intra pro sub un micro mini ultra trans vice bi de "
    "self- counter- pan psycho x"
)
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+|#\w+"
    r"|(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|co\.uk|ru|ua|sy|ir|il|tr|uk)\b(?:/\S*)?",
    re.I,
)
_PIECE = re.compile(
    r"""(?P<address>(?:https?://|ftp://|www\.)[^\s<>\]\)"”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+
        |(?:[A-Za-z][\w-]*\.)+(?:com|org|net|edu|gov|info|co\.uk)\b(?:/[^\s<>\]\)"”]*)?)
    |(?P<handle>[@#]\w+)
    |(?P<coordinate>\d{1,3}°\d{0,2}[′']?\d{0,2}[″"]?[NSEW]?)
    |(?P<dots>\.{2,}|…+)
    |(?P<dashes>-{2,}|—+|_{2,}|={2,}|\*{2,}|~{2,})
    |(?P<shout>[!?]+)
    |(?P<initials>(?:[A-Za-z]\.){2,}|Ph\.D\.?)
    |(?P<money>(?:US|AU|CA|C|A)\$|[$€£¥₽₴])
    |(?P<phone>\d{3}-\d{3,4}(?:-\d{4})?(?!\d))
    |(?P<date>\d{1,4}[/.]\d{1,2}[/.]\d{1,4}|\d{4}-\d{2}-\d{2}|9/11)
    |(?P<time>\d{1,2}:\d{2}(?::\d{2})?)
    |(?P<ordinal>\d+(?:st|nd|rd|th)\b|\d{2,4}'?s\b)
    |(?P<number>\d+(?:[,.]\d+)*)
    |(?P<word>[^\W_]+(?:(?:&|'(?!(?:s|ll|re|ve|d|m|t)\b)|’(?!(?:s|ll|re|ve|d|m|t)\b))[^\W\d_]+)*)
    |(?P<other>\S)""",
    re.X | re.I,
)
_CLITIC = re.compile(r"['’`](?:s|ll|re|ve|d|m)\b", re.I)
_NOT = re.compile(r"n['’`]t\b", re.I)
_UNIT = re.compile(r"\d+(?P<unit>[A-Za-z]{1,8})")
_EMOJI_TAIL = "\u200d\ufe0f\ufe0e"
ABBREVIATED = TITLES | MAYBE


def tokens(text: str, span: Span) -> list[Span]:
    """Give the spans of the words of one sentence in the manner of UD English EWT."""
    low, high = span
    found: list[Span] = []
    for chunk in re.finditer(r"\S+", text[low:high]):
        found.extend(_chunk(text, low + chunk.start(), low + chunk.end()))
    return _mend(text, found, high)


def _chunk(text: str, low: int, high: int) -> Iterator[Span]:
    """Cut a stretch without white space into words."""
    at = low
    while at < high:
        clitic = _NOT.match(text, at, high) or _CLITIC.match(text, at, high)
        if clitic and at > low:
            yield at, clitic.end()
            at = clitic.end()
            continue
        piece = _PIECE.match(text, at, high)
        if piece is None:  # an underscore or a stray mark
            yield at, at + 1
            at += 1
            continue
        kind = piece.lastgroup or "other"
        end = _piece_end(text, at, piece.end(), high, kind)
        yield from _inside(text, at, end, kind)
        at = end


def _piece_end(text: str, at: int, end: int, high: int, kind: str) -> int:
    """Give where the piece that was matched at [at, end) really ends."""
    if kind == "address":
        while end > at + 1 and text[end - 1] in ".,;:!?'’\"":
            end -= 1
        return end
    if kind == "word":
        not_ = _NOT.search(text, at, high)
        if not_ and at < not_.start() < end:
            return not_.start()
        return _hyphened(text, at, end, high)
    return end


def _hyphened(text: str, at: int, end: int, high: int) -> int:
    """Keep a prefix or a model number with what its hyphen ties to it: `co-workers`, `T-72`, `Su-24`."""
    if end + 1 >= high or text[end] not in "-‑":
        return end
    head = text[at:end]
    tail = re.compile(r"[-‑](?:[^\W_]+)").match(text, end, high)
    if tail is None:
        return end
    if head.lower() in PREFIXES or (head[0].isupper() and len(head) <= 4 and text[end + 1].isdigit()):
        return tail.end()
    return end


def _inside(text: str, at: int, end: int, kind: str) -> Iterator[Span]:
    """Cut what two rules have glued: `cannot`, `100km`, `8pm`."""
    word = text[at:end].lower()
    if kind == "word" and word in {"cannot", "gonna", "gotta", "wanna"}:
        yield at, at + 3
        yield at + 3, end
        return
    if kind == "word" and word[0].isdigit():
        unit = _UNIT.fullmatch(word)
        if unit and not re.fullmatch(r"\d+(?:st|nd|rd|th|s)", word):
            yield at, at + unit.start("unit")
            yield at + unit.start("unit"), end
            return
    yield at, end


def _mend(text: str, found: list[Span], high: int) -> list[Span]:
    """Join the full stop of an abbreviation to it, and marks that no word can do without."""
    joined: list[Span] = []
    for low, end in found:
        mark = text[low:end]
        if joined and joined[-1][1] == low:
            word = text[joined[-1][0] : low]
            if mark == "." and _keeps_stop(word, end >= high):
                joined[-1] = (joined[-1][0], end)
                continue
            if mark in _EMOJI_TAIL or word[-1] in _EMOJI_TAIL[0]:
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((low, end))
    return joined


def _keeps_stop(word: str, last: bool) -> bool:
    """Tell whether a full stop right after `word` is part of it."""
    lower = word.lower()
    if len(word) == 1 and word.isalpha() and word.isupper():
        return not last or word not in "AI"
    if lower in {"co", "min", "no", "sun", "sat", "mar", "fig", "p", "al", "st", "km", "kg", "mi", "dep"}:
        return not last and (word[0].isupper() or lower in {"al", "p"})
    return lower in ABBREVIATED and not (last and lower in {"jan", "oct", "dec", "km", "kg"})
