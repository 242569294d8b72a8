"""BibTeX and BibLaTeX: `@article{key, title = {…}, …}`, by bibtexparser."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import ParserStateException
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ParsingFailedBlock, String
from bibtexparser.model import Entry as Parsed

from rag.readers.bibtex_people import people_in
from rag.readers.bibtex_values import plain_address, values_of
from rag.readers.entry import Entry, records_of
from rag.readers.latex_groups import ungrouped
from rag.readers.source import Line, Source
from rag.types import BadRecord, Record

NAME = "BibTeX"

MAX_ENTRY_CHARACTERS = 4 * 2**20

# Where bibtexparser, too, begins a new block.
_BLOCK = re.compile(r"\s*@\w+[ \t]*[{(]")
_ENTRY = re.compile(
    r"^\s*@(?!comment\b)\w+[ \t]*[{(]\s*[^\s,={}()]*\s*,|^\s*@string\s*[{(]", re.IGNORECASE | re.MULTILINE
)
# What an entry takes over from the one its crossref names, and from which of its fields.
_INHERITED = {"booktitle": ("booktitle", "title"), "year": ("year", "date"), "editor": ("editor",)}
_COLLECTIONS = ("book", "collection", "proceedings", "mvbook", "mvcollection", "mvproceedings", "periodical")

# What it logs is told as bad records.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


class _Found(NamedTuple):
    """An entry, the number of its line, and its values by the name of their field in lower case."""

    line: int
    entry: Parsed
    fields: dict[str, str]


def matches(head: str) -> bool:
    """Tell whether an entry begins on a line near the beginning."""
    return _ENTRY.search(head) is not None


def read(source: Source) -> Iterator[Record | BadRecord]:
    """Yield the record of every entry; those that name a crossref come last."""
    collections: dict[str, Mapping[str, str]] = {}
    waiting: list[_Found] = []
    for found in _entries(source):
        if isinstance(found, BadRecord):
            yield found
            continue
        if _is_collection(found.entry):
            kept = {name for names in _INHERITED.values() for name in names} & found.fields.keys()
            collections[found.entry.key.casefold()] = {name: found.fields[name] for name in kept}
        if "crossref" in found.fields:
            waiting.append(found)
        else:
            yield from _records(found)
    for found in waiting:
        collection = collections.get(found.fields["crossref"].strip().casefold(), {})
        for name, sources in _INHERITED.items():
            known = next((collection[each] for each in sources if each in collection), None)
            if known is not None:
                found.fields.setdefault(name, known)
        yield from _records(found)


def _entries(source: Source) -> Iterator[_Found | BadRecord]:
    """The entries with the abbreviations in them written out, and the blocks that cannot be read."""
    strings: dict[str, str] = {}
    for item in _blocks(source):
        if isinstance(item, BadRecord):
            yield item
            continue
        for line, block in _parsed(item):
            if isinstance(block, String):
                strings.update((name.casefold(), value) for name, value in values_of(block.key, block.value, strings))
            elif isinstance(block, ParsingFailedBlock):
                yield BadRecord(f"line {line}", _reason(block))
            elif isinstance(block, Parsed):
                yield _Found(line, block, _fields(block, strings))


def _blocks(source: Source) -> Iterator[Line | BadRecord]:
    """The text of each block with the number of its first line."""
    first, size = 1, 0
    lines: list[str] = []
    for line in source.lines():
        if isinstance(line, BadRecord):
            yield line
            continue
        if _BLOCK.match(line.text):
            yield from _block(first, lines, size)
            first, lines, size = line.number, [], 0
        size += len(line.text) + 1
        if size <= MAX_ENTRY_CHARACTERS:
            lines.append(line.text)
    yield from _block(first, lines, size)


def _block(first: int, lines: list[str], size: int) -> Iterator[Line | BadRecord]:
    if size > MAX_ENTRY_CHARACTERS:
        yield BadRecord(
            f"line {first}", f"the entry is longer than {MAX_ENTRY_CHARACTERS // 2**20} MB, no paper needs that"
        )
    elif lines and _BLOCK.match(lines[0]):
        yield Line(first, "\n".join(lines))


def _parsed(block: Line) -> Iterator[tuple[int, Block]]:
    """The blocks in the text of one, and their lines: there can be several on one line."""
    try:
        found = parse_string(block.text, parse_stack=[]).blocks
    except (ParserStateException, IndexError) as error:
        found = [ParsingFailedBlock(start_line=0, raw=block.text, error=error)]
    for each in found:
        line = block.number + (each.start_line or 0)
        if isinstance(each, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
            yield line, each.ignore_error_block or each
        else:
            yield line, each


def _reason(block: ParsingFailedBlock) -> str:
    begins = " ".join((block.raw or "")[:60].split())
    return f'the entry that begins "{begins}" cannot be read: are its braces, quotes and commas complete?'


def _fields(entry: Parsed, strings: Mapping[str, str]) -> dict[str, str]:
    """The values by the name of their field in lower case; the first where one is given twice."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        for name, value in values_of(field.key, field.value, strings):
            if value.strip():
                fields.setdefault(name.casefold(), value)
    return fields


def _is_collection(entry: Parsed) -> bool:
    return entry.entry_type.casefold() in _COLLECTIONS


def _records(found: _Found) -> Iterator[Record | BadRecord]:
    fields = found.fields

    def first(*names: str) -> str:
        return next((fields[name] for name in names if name in fields), "")

    is_collection = _is_collection(found.entry)
    title = ": ".join(filter(None, (first("title", *("booktitle",) * is_collection), first("subtitle"))))
    authors, complete = people_in(first("author") or (first("editor") if is_collection else ""))
    archive = first("archiveprefix", "eprinttype").strip().casefold()
    eprint = first("eprint", "arxiv", "arxivid")
    venue = first("journal", "journaltitle", "booktitle")
    published, publisher = first("howpublished"), first("publisher").strip("{}")
    is_address = "\\url" in published or "://" in published
    if not venue and publisher.casefold() == "arxiv":
        venue = publisher
    yield from records_of(
        Entry(
            position=f"line {found.line}",
            title=ungrouped(title),
            abstract=ungrouped(first("abstract")),
            authors=authors,
            authors_complete=complete,
            year=ungrouped(first("year", "date")),
            venue=ungrouped(venue or ("" if is_address else published)),
            url=plain_address(first("url") or (published if is_address else "")),
            doi=plain_address(first("doi")),
            arxiv=eprint if archive in ("", "arxiv") else "",
            pmid=first("pmid") or (eprint if archive == "pubmed" else ""),
            # A colon would make the key an id that means the same paper in every source.
            id=ungrouped(found.entry.key).replace(":", "."),
        )
    )
