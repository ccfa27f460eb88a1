"""HTML to text with hints: every visible block a line, and what its tags and classes say of it.

The text is the page's visible text, so that its parts can be told apart like those of plain text. trafilatura
judges what the main content is and reads the metadata. Layer: sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import lxml.etree
import lxml.html
import trafilatura
from trafilatura.settings import Document as Extracted

from trucewatch.model import Note
from trucewatch.sources.decode import decode
from trucewatch.sources.furniture import load_lexicon
from trucewatch.sources.units import Hint

_HIDDEN_TAGS = frozenset({
    "audio", "canvas", "datalist", "head", "iframe", "input", "link", "map", "math", "meta", "noscript",
    "object", "script", "source", "style", "svg", "template", "track", "video",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav",
    "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "textarea",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_TIGHT = frozenset({
    "br", "dd", "dt", "li", "option", "td", "th", "tr",
})  # fmt: skip
_TAG_KINDS = {
    "nav": "navigation", "menu": "navigation", "footer": "template", "aside": "related", "figcaption": "caption",
    "button": "widget",
    "select": "widget", "option": "widget", "time": "dateline", "textarea": "widget", "label": "widget",
}  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_SPLIT = re.compile(r"[\s_\-]+|(?<=[a-z])(?=[A-Z])")
_SPACE = re.compile(r"\s+")
_STYLE_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, what is known of its lines by their start, and its metadata."""

    text: str
    hints: Mapping[int, Hint] = field(default_factory=dict)
    title: str | None = None
    author: str | None = None
    published: str | None = None
    outlet: str | None = None


@dataclass(slots=True)
class _Line:
    """A block while it is gathered: its words, its hint, and whether a blank line stands before it."""

    words: str
    hint: Hint
    apart: bool


def read_html(data: bytes, charset: str | None = None) -> tuple[PageText, list[Note]]:
    """The visible text of an HTML page, with hints for its lines and its metadata; broken HTML too."""
    source, notes = decode(data, charset)
    tree = _tree(source)
    if tree is None:
        return PageText(""), [
            *notes,
            Note(level="warning", code="html", message="there is no element in this page"),
        ]
    main, known = _judge(source)
    text, hints = _joined(list(_lines(tree)), main)
    return PageText(text, hints, **known), notes


def _tree(source: str) -> lxml.html.HtmlElement | None:
    """The page's tree; a declaration of encoding is dropped, as the text is decoded already."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source[:400]) + source[400:]
    source = source.replace("\0", " ")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    return tree


def _judge(source: str) -> tuple[frozenset[str], dict[str, str | None]]:
    """The main content's paragraphs, reduced to their words, and title, author, date and site name."""
    found = trafilatura.bare_extraction(source, with_metadata=True, include_comments=False, favor_recall=True)
    if not isinstance(found, Extracted):
        return frozenset(), _metadata(source)
    main = frozenset(_key(line) for line in (found.text or "").splitlines() if line.strip())
    known = _metadata(source)
    known["title"] = found.title or None
    known["author"] = found.author or None
    known["outlet"] = known["outlet"] or _site(found)
    return main, known


def _site(found: Extracted) -> str | None:
    """The site's name, unless it is the bare name of a host."""
    name = found.sitename
    return name if name and not re.fullmatch(r"[\w.\-]+\.\w{2,}", name) else None


_META = re.compile(r"<meta\s[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_JSON_DATE = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dc.date.created", "pubdate", "publishdate", "publish-date",
    "article.published", "date",
)  # fmt: skip


def _metadata(source: str) -> dict[str, str | None]:
    """Published date and site name as the page's own metadata write them: no date is worked out from elsewhere."""
    names: dict[str, str] = {}
    for tag in _META.findall(source[:300_000]):
        pairs = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        name = pairs.get("property") or pairs.get("name") or pairs.get("itemprop")
        if name and pairs.get("content"):
            names.setdefault(name.lower(), pairs["content"])
    json_date = _JSON_DATE.search(source[:1_000_000])
    published = next((names[name] for name in _DATE_NAMES if name in names), None) or (
        json_date[1] if json_date else None
    )
    outlet = names.get("og:site_name") or names.get("application-name")
    return {"published": published, "outlet": outlet, "title": None, "author": None}


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()[:200]


def _joined(lines: list[_Line], main: frozenset[str]) -> tuple[str, dict[int, Hint]]:
    """The lines as a text, with the hint of each under its start."""
    pieces: list[str] = []
    hints: dict[int, Hint] = {}
    at = 0
    inside = [i for i, line in enumerate(lines) if _key(line.words) in main]
    for i, line in enumerate(lines):
        gap = ("\n\n" if line.apart else "\n") if pieces else ""
        at += len(gap)
        hints[at] = Hint(line.hint.kind, line.hint.heading, _in_main(inside, i))
        pieces.append(gap + line.words)
        at += len(line.words)
    text = "".join(pieces)
    return (text + "\n" if text else ""), hints


def _in_main(inside: Sequence[int], i: int) -> bool | None:
    """Whether a line is main content: no only before the first and after the last line that is."""
    if i in inside:
        return True
    return False if len(inside) >= 4 and not inside[0] < i < inside[-1] else None


def _lines(tree: lxml.html.HtmlElement) -> Iterator[_Line]:
    """The visible blocks of a tree in order. A walk with a stack: pages nest deeper than Python calls."""
    body = tree.find("body") if tree.tag == "html" else tree
    root = tree if body is None else body
    total = max(len(" ".join(root.itertext())), 1)
    buffer: list[str] = []
    state = _State(Hint(), apart=True)
    stack: list[tuple[lxml.html.HtmlElement, Hint, bool]] = [(root, Hint(), False)]
    while stack:
        element, outer, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else None
        if leaving:
            yield from _leave(element, tag, outer, (buffer, state))
            continue
        if tag is None or tag in _HIDDEN_TAGS or _is_hidden(element):
            if element.tail:
                buffer.append(element.tail)
            continue
        hint = _hint(element, tag, outer, total)
        if tag in _BLOCKS:
            yield from _flush(buffer, state)
            state.hint, state.apart = hint, state.apart or tag not in _TIGHT
        elif hint != outer and not "".join(buffer).strip():
            state.hint = hint
        if _touches(element, tag):
            buffer.append(" ")
        if element.text:
            buffer.append(element.text)
        stack.append((element, outer, True))
        stack.extend((child, hint, False) for child in reversed(element))
    yield from _flush(buffer, state)


@dataclass(slots=True)
class _State:
    """The hint of the block that is being gathered, and whether it stands apart from the one before."""

    hint: Hint
    apart: bool


def _leave(
    element: lxml.html.HtmlElement, tag: str | None, outer: Hint, gathering: tuple[list[str], _State]
) -> Iterator[_Line]:
    buffer, state = gathering
    if tag in _BLOCKS:
        yield from _flush(buffer, state)
        state.hint, state.apart = outer, state.apart or tag not in _TIGHT
    if element.tail:
        buffer.append(element.tail)


def _flush(buffer: list[str], state: _State) -> Iterator[_Line]:
    """The words gathered so far as a line, if there are any."""
    words = _SPACE.sub(" ", "".join(buffer)).strip()
    buffer.clear()
    if words:
        yield _Line(words, state.hint, state.apart)
        state.apart = False


def _touches(element: lxml.html.HtmlElement, tag: str) -> bool:
    """Whether an inline element follows its like without a blank: what stands apart on the page."""
    before = element.getprevious() if tag in ("a", "span", "label") else None
    return before is not None and before.tag in ("a", "span", "label") and not before.tail


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    get = element.get
    return get("hidden") is not None or get("aria-hidden") == "true" or bool(_STYLE_HIDDEN.search(get("style") or ""))


def _hint(element: lxml.html.HtmlElement, tag: str, outer: Hint, total: int) -> Hint:
    """What an element's tag, role, classes and id say of its text, else what the elements around it say."""
    level = _HEADINGS.get(tag, 0 if tag in _BLOCKS else outer.heading)
    if tag in ("html", "body", "main", "article"):
        return Hint(None, level)
    kind = _TAG_KINDS.get(tag) or _class_kind(element)
    if kind is None:
        return Hint(outer.kind, level) if level != outer.heading else outer
    if kind == "body":
        return Hint(outer.kind if outer.kind == "comment" else None, level)
    if outer.kind in ("comment", "template", "navigation", "related") and kind not in ("comment", "template"):
        kind = outer.kind
    if kind in ("navigation", "related", "promotion", "widget", "comment", "template") and _is_wide(element, total):
        return outer
    return Hint(kind, level)


def _class_kind(element: lxml.html.HtmlElement) -> str | None:
    """The kind of the first known word in role, itemprop, id and classes: whole names before their pieces."""
    names = [element.get(name) or "" for name in ("role", "itemprop", "id", "class")]
    table = load_lexicon().html
    tokens = " ".join(names).split()
    whole = next((table[token.lower()] for token in tokens if token.lower() in table), None)
    if whole is not None:
        return whole
    return next((table[p.lower()] for token in tokens for p in _SPLIT.split(token) if p.lower() in table), None)


def _is_wide(element: lxml.html.HtmlElement, total: int) -> bool:
    """Whether an element holds the page's heading or most of its text: then its name says nothing of a line."""
    if element.find(".//h1") is not None:
        return True
    paragraphs = element.findall(".//p")
    if len(paragraphs) < 4:
        return False
    return sum(len(p.text_content()) for p in paragraphs) * 2 > total
