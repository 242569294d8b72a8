"""Text of papers and models -> Markdown that can format and cite, and nothing else.

Streamlit's Markdown is more than Markdown: `:red[...]` colours, `:material/home:` and `:smile:` draw
icons, `$...$` is maths, `~` strikes out. Here all of that is data, as are HTML, images and links. Three
things stay active: emphasis and blocks (lists, tables, quotations), our own `[n]` and `[?]`, and a bare
http(s) address, which becomes a link that reads as exactly where it goes: abstracts name their code
that way, and an address in full view can mislead nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from rag.types import Citation
from rag.ui import doubted

NOTHING: Mapping[str, str] = MappingProxyType({})

# An invisible character that keeps Streamlit from finding icons, e-mail and web addresses in plain text.
JOINER = "\u2060"
_NO_BREAK = "\u00a0"

# Control characters, and those that reverse the reading direction of what surrounds them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FOUND_IN_TEXT = re.compile(r":(?=[\w+-]+:|material/|//)|(?<=[-.+\w])(?=@[-\w])|(?<=www)(?=\.)", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_PUNCTUATION_BUT_CELLS = re.compile(r"[!-/:-@\[-`{}~]")

_ADDRESS = r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~%/?#=&+,;!()-]*)?"
_IN_TEXT = rf"(?<!\w)(?P<address>(?>{_ADDRESS}))(?![@\w])"
_INLINE = re.compile(
    rf"""\\(?P<literal>[!-/:-@\[-`{{-~])
      | \[(?P<marker>\d{{1,4}}|\?)\]
      | (?<!`)(?P<code>`(?:(?!(?i:www)\.)[\w .,=+/()%\[\]-])+`)(?!`)
      | (?<!`)(?P<other_code>`[^`\n]{{1,200}}`)(?!`)
      | (?<![\w*\\])(?P<stars>\*{{1,3}})(?P<strong>[^\s*](?:[^*\n]*[^\s*\\])?)(?P=stars)(?![\w*])
      | {_IN_TEXT}""",
    re.VERBOSE,
)
_HEADING = re.compile(r"#{1,6}\s+(.*?)[\s#]*$")
_TABLE_RULE = re.compile(r"(?=.*-)(?=.*\|)[\s:|-]+")
_RULE = re.compile(r"[-=+*_\s]+")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])\s+(?=\S)")
_QUOTATION = re.compile(r">\s*(?=\S)")
_DEEPEST = 6  # lists and quotations that begin in one line
_TO_LABEL = re.compile(r"(?:\[\d{1,4}\] ?)*\[\?\]")
_OPEN_MARKER = re.compile(r"(?:\\|\\?!?\[(?:\d*|\?))$")


def plain(text: str) -> str:
    """One line of Markdown that reads exactly as `text`: nothing in it is active."""
    return _escaped(" ".join(_UNSEEN.sub("", text).split()), _PUNCTUATION)


def message(text: str) -> str:
    """One of our own messages: text, but for the commands it has between backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return paragraphs(text)
    return "".join(f"`{part}`" if place % 2 else _spaced(part) for place, part in enumerate(parts))


def _spaced(part: str) -> str:
    """`paragraphs`, with the blanks that part it from a command before or after it."""
    before, after = " " * part.startswith(" "), " " * part.endswith(" ")
    return f"{before}{paragraphs(part)}{after}"


def paragraphs(text: str) -> str:
    """Markdown that reads exactly as `text`, its lines and paragraphs kept."""
    return "  \n".join(plain(line) or "\n" for line in text.splitlines())


def address(url: str) -> str:
    """`url` as a link that shows itself, or as plain text where it is not a plain http(s) address."""
    return f"<{url}>" if is_address(url) else plain(url)


def is_address(url: str) -> bool:
    """Whether `url` is an http(s) address in plain ASCII, without a user name."""
    return re.fullmatch(_ADDRESS, url) is not None


def addresses(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in pieces, each with whether it is an http(s) address that may be linked."""
    end = 0
    for found in re.finditer(_IN_TEXT, text):
        url = _trimmed(found[0])
        yield text[end : found.start()], False
        yield url, True
        end = found.start() + len(url)
    yield text[end:], False


def anchor(turn: int, citation: Citation) -> str:
    """The name a citation has on the page, such as "cite-3-1"; it tells the style sheet of a doubtful one."""
    return f"cite-{turn}-{citation.marker}" + ("-unsupported" if citation.supported is False else "")


def citation_link(turn: int, citation: Citation) -> str:
    """The link the citation overlay listens to."""
    return rf"[\[{citation.marker}\]](#{anchor(turn, citation)})"


def _unsupported_label(turn: int) -> str:
    """The label after a sentence that no abstract supports; the overlay explains it."""
    return f"[unsupported](#unsupported-{turn})"


def _tinted(text: str) -> str:
    """Text of such a sentence, escaped already: Streamlit draws it in a span, which has our own style (page.css)."""
    words = text.strip()
    return text.replace(words, f":orange-background[{words}]") if words else text


def without_open_marker(text: str) -> str:
    """`text` of a running stream up to a marker that has not arrived whole."""
    return _OPEN_MARKER.sub("", text)


def in_italics(text: str) -> set[str]:
    """What an answer has in italics, as plain text: titles, mostly."""
    return {_read(found["strong"]) for found in _INLINE.finditer(text) if found["stars"] == "*"}


def answer(text: str, turn: int, citations: Iterable[Citation], titles: Mapping[str, str] = NOTHING) -> str:
    """The Markdown of an answer: the markers of `citations` are links, `[?]` is a label, other markers are text.

    `titles` are links to put for what is in italics.
    """
    inline = _Inline(turn, citations, titles)
    lines: list[str] = []
    deepest: int | None = None  # how far the last list item may be indented
    for raw in _UNSEEN.sub("", text.replace("\r\n", "\n")).split("\n"):
        line = raw.expandtabs(4)
        body = line.lstrip()
        indent = len(line) - len(body)
        if not body:
            lines.append("")
            continue
        item = _ITEM.match(body) is not None and _RULE.fullmatch(body) is None
        if not indent and not item:
            deepest = None
        # Four spaces would make a code block, where escapes show.
        indent = min(indent, 3 if deepest is None or not item else deepest + 4)
        if item:
            deepest = indent
        lines.append(" " * indent + _block(body, inline))
    return "\n".join(lines)


def _block(body: str, inline: _Inline, depth: int = 0) -> str:
    """One line without its indentation; headings become bold, rules and underlines text, as does what is too deep."""
    if _TABLE_RULE.fullmatch(body):
        return body
    if _RULE.fullmatch(body):
        return _escaped(body, _PUNCTUATION)
    for start in (_ITEM, _QUOTATION):
        if depth < _DEEPEST and (found := start.match(body)):
            return f"{found[0].rstrip()} {_block(body[found.end() :], inline, depth + 1)}"
    if heading := _HEADING.match(body):
        title = heading[1].replace("*", "").strip()
        return f"**{inline(title)}**\n" if title else ""
    return inline(body)


class _Inline:
    """Escapes a run of text, leaving emphasis, harmless code, known markers and addresses active."""

    def __init__(self, turn: int, citations: Iterable[Citation], titles: Mapping[str, str]) -> None:
        self._titles = titles
        self._marks = {str(citation.marker): citation_link(turn, citation) for citation in citations}
        self._marks["?"] = _unsupported_label(turn)

    def __call__(self, text: str) -> str:
        return self._written(text, 0, doubted.spans(text))

    def _written(self, text: str, offset: int, spans: list[tuple[int, int]]) -> str:
        """`text` as Markdown; it stands `offset` characters from where `spans`, the doubted sentences, count."""
        pieces: list[str] = []
        literal: list[tuple[str, bool]] = []  # gathered across escapes, so that nothing is found only without them
        end = 0
        for found in _INLINE.finditer(text):
            literal += doubted.parted(text[end : found.start()], offset + end, spans)
            end = found.end()
            active, rest = self._active(found, offset, spans)
            if active:
                pieces.append(_literal(literal, before_label=_TO_LABEL.match(text, found.start()) is not None))
                pieces.append(active)
                literal = []
            literal += doubted.parted(rest, offset + end - len(rest), spans)
        literal += doubted.parted(text[end:], offset + end, spans)
        return "".join([*pieces, _literal(literal)])

    def _active(self, found: re.Match[str], offset: int, spans: list[tuple[int, int]]) -> tuple[str, str]:
        """What of the match is Markdown, and what after it is text."""
        if found["literal"]:
            return (r"\|", "") if found["literal"] == "|" else ("", found["literal"])
        if found["marker"] in self._marks:
            return self._marks[found["marker"]], ""
        if found["code"]:
            return found["code"], ""
        if found["stars"]:
            if found["stars"] == "*" and (title := _read(found["strong"])) in self._titles:
                return self._titles[title], ""
            within = self._written(found["strong"], offset + found.start("strong"), spans)
            return f"{found['stars']}{within}{found['stars']}", ""
        if found["other_code"]:  # markers in it are none of ours
            return "", found[0]
        if found["address"]:
            url = _trimmed(found["address"])
            return address(url), found["address"][len(url) :]
        return "", found[0]


def _literal(parts: list[tuple[str, bool]], *, before_label: bool = False) -> str:
    """Text, escaped; a label for the sentence before it never begins a line."""
    shown = ""
    for is_doubted, run in groupby(parts, itemgetter(1)):
        escaped = _escaped("".join(part for part, _ in run), _PUNCTUATION_BUT_CELLS)
        shown += _tinted(escaped) if is_doubted else escaped
    if not before_label or not shown:
        return shown
    kept = shown.rstrip()
    return shown if kept.endswith("|") else kept + _NO_BREAK


def _read(text: str) -> str:
    """What Markdown reads as, without its backslashes."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def _trimmed(url: str) -> str:
    """An address found in a sentence without the punctuation that follows it."""
    url = url.rstrip(".,;!?")
    return url if "(" in url else url.rstrip(").,;!?")


def _escaped(text: str, punctuation: re.Pattern[str]) -> str:
    guarded = _FOUND_IN_TEXT.sub(lambda found: found[0] + JOINER, text)
    return punctuation.sub(lambda found: "\\" + found[0], guarded)
