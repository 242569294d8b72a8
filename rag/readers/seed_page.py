"""Author listing pages: "Collaborating Authors", a name, then title, venue and abstract of each paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.readers.page_layout import Part, Unit, label_parts, units_of
from rag.readers.source import Line, Source
from rag.types import BadRecord, Record

NAME = "author page"

MAX_PAGE_CHARACTERS = 64 * 2**20

_HEADING = "collaborating authors"
_MENU = "goto"
_BLANKS = " \t\f\v\u00a0\u200b\u2060\ufeff\u3000"
_WORD = r"[^\W\d_][\w.'\u2019\-]*"
_FAMILY_GIVEN = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}, ?{_WORD}(?: {_WORD}){{0,3}}(?:, ?(?:Jr|Sr)\.?)?")
_GIVEN_FAMILY = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}")


def matches(head: str) -> bool:
    """Tell whether a page begins with the heading, or at least with its menu word or a name set apart."""
    lines = [line for line in head.splitlines() if line.strip(_BLANKS)][:30]
    texts = [line.strip(_BLANKS).casefold() for line in lines]
    return _HEADING in texts or texts[:1] == [_MENU] or bool(lines and _set_apart(lines[0]))


def read(source: Source) -> Iterator[Record | BadRecord]:
    """Yield the papers of a page; all have the page's author, whose co-authors are not known."""
    page: list[Line] = []
    size = 0
    for line in source.lines():
        if isinstance(line, BadRecord):
            yield line
            continue
        size += len(line.text) + 1
        if size > MAX_PAGE_CHARACTERS:
            reason = f"the page is longer than {MAX_PAGE_CHARACTERS // 2**20} MB; the rest was left out"
            yield BadRecord(f"line {line.number}", reason)
            break
        if line.text.strip(_BLANKS).casefold() == _HEADING:
            yield from _page(page, cut=False)
            page = []
        else:
            page.append(line)
    if any(line.text.strip(_BLANKS).casefold() not in ("", _MENU) for line in page):
        yield from _page(page, cut=source.damage is not None)
    else:
        yield BadRecord(f"line {source.line_number}", "the page ends before it names its author")


def _page(lines: Sequence[Line], cut: bool) -> Iterator[Record | BadRecord]:
    """The records under one heading. `cut` tells that the last one is known to be incomplete."""
    raw = {line.number: line.text for line in lines}
    units = units_of([Line(line.number, line.text.strip(_BLANKS)) for line in lines])
    units = [unit for unit in units if unit.text.casefold() != _MENU]
    if not units:
        return
    author = _author(units, raw[units[0].line])
    if author is None:
        reason = "the page does not name its author; its papers were kept without one"
        yield BadRecord(f"line {units[0].line}", reason)
        yield from _papers(units, (), cut)
    elif len(units) == 1:
        yield BadRecord(f"line {units[0].line}", f"the page of {author} lists no papers")
    else:
        yield from _papers(units[1:], (author,), cut)


def _set_apart(raw: str) -> bool:
    """Tell whether a line is a name by the no-break space the pages put before it."""
    text = raw.strip(_BLANKS)
    named = _FAMILY_GIVEN.fullmatch(text) or _GIVEN_FAMILY.fullmatch(text)
    return raw.lstrip(" \t").startswith("\u00a0") and named is not None


def _author(units: Sequence[Unit], raw: str) -> str | None:
    """The name the page begins with, or None where it begins with a paper at once."""
    text = units[0].text
    if _set_apart(raw) or (len(units) == 1 and len(text) <= 60):
        return text
    if _FAMILY_GIVEN.fullmatch(text):
        likely = 4.0
    elif _GIVEN_FAMILY.fullmatch(text):
        likely = 0.0
    else:
        return None
    likely += 2.0 * (len(units) > 1 and units[1].gap >= 2)
    # Taken for a title, a name leaves one block too many; a title taken for a name, one too few.
    as_title = label_parts(units)[1]
    as_name = label_parts(units[1:])[1]
    return text if as_name + likely > as_title else None


def _papers(units: Sequence[Unit], authors: tuple[str, ...], cut: bool) -> Iterator[Record | BadRecord]:
    for paper in _split(list(zip(units, label_parts(units)[0], strict=True))):
        last = paper[-1][0] is units[-1]
        yield _paper(paper, authors, cut and last, last)


def _split(parts: list[tuple[Unit, Part]]) -> Iterator[list[tuple[Unit, Part]]]:
    paper: list[tuple[Unit, Part]] = []
    for unit, part in parts:
        starts = part is Part.TITLE or (part is Part.VENUE and paper and paper[-1][1] is not Part.TITLE)
        if starts and paper:
            yield paper
            paper = []
        paper.append((unit, part))
    if paper:
        yield paper


def _paper(paper: list[tuple[Unit, Part]], authors: tuple[str, ...], cut: bool, last: bool) -> Record | BadRecord:
    position = f"line {paper[0][0].line}"
    texts = {part: [unit.text for unit, of in paper if of is part] for part in Part}
    shown = paper[0][0].text.replace("\n", " ")[:80]
    end = "the page ends" if last else "the next paper begins"
    if not texts[Part.TITLE]:
        return BadRecord(position, f'"{shown}" has no title before it')
    if cut:
        return BadRecord(position, f'the file breaks off in the paper "{shown}"')
    if not texts[Part.ABSTRACT]:
        return BadRecord(position, f'{end} before the abstract of "{shown}"')
    return Record(
        position=position,
        title=texts[Part.TITLE][0].replace("\n", " "),
        abstract="\n\n".join(texts[Part.ABSTRACT]),
        authors=authors,
        authors_complete=False,
        venue=texts[Part.VENUE][0].replace("\n", " ") if texts[Part.VENUE] else None,
    )
