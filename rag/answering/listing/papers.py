"""Papers as a list: how many, and a bullet for each."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering import metadata
from rag.answering.citations import Numbering, italic, quoted
from rag.answering.conditions import conditions, described, papers_told
from rag.answering.listing.evidence import speaking
from rag.answering.listing.selection import Selection, hits, newest_first
from rag.answering.quoting import entry
from rag.answering.task import Task
from rag.answering.wording import counted
from rag.library.sources import sources_read
from rag.library.store import Library
from rag.types import Hit, Paper, Plan

MOST = 100
"""How many papers are shown of a list."""
_MOST_COUNTED = 20  # papers, of a count that has more than are shown of a list
_AUTHORS = 3  # named for a paper


def write(task: Task, chosen: Selection) -> Iterator[str]:
    """How many papers there are, and which: at least one."""
    plan, indexes = task.plan, task.means.indexes
    number, which = papers_told(len(chosen.keys), described(conditions(indexes.library, plan.filters, plan.topic)))
    most = _MOST_COUNTED if plan.kind == "count" and len(chosen.keys) > MOST else MOST
    shown = hits(indexes, chosen, chosen.keys[:most])
    if plan.kind == "count":
        yield f"**{number}**{which} {'is' if len(chosen.keys) == 1 else 'are'} in the library"
    else:
        yield f"**{number}**{which or (' in the library' if not plan.filters.papers else '')}"
    if len(chosen.keys) > len(shown):
        yield f"; these are the {_first(plan)} {len(shown)}"
    yield ":\n\n"
    yield from bullets(task, shown)
    if len(chosen.keys) > len(shown):
        yield f"\n\n{_all_of_them(indexes.library, plan)}"
    if unknown := _undated(indexes.library, plan):
        yield f"\n\n{unknown}"


def bullets(task: Task, shown: Sequence[Hit]) -> Iterator[str]:
    """A bullet for each paper with what is known of it; on a topic, with the sentence that speaks of it."""
    plan = task.plan
    if plan.asks in ("year", "venue", "link"):
        if len(shown) == 1:
            yield "- "
        yield from metadata.write(plan.asks, shown, task.numbering)
        return
    found = speaking(task.means.indexes, plan.topic, shown) if plan.topic else shown
    for place, hit in enumerate(found):
        before = "\n" if place else ""
        yield f"{before}- {_bullet(hit, task.numbering)}"


def _bullet(hit: Hit, numbering: Numbering) -> str:
    known = known_of(hit.paper)
    return entry(hit.paper, hit.evidence[0], numbering, f", {known}" if known else "")


def known_of(paper: Paper) -> str:
    """Who wrote a paper, when and where it appeared, as far as that is known, in a few words."""
    names = [quoted(name) for name in paper.authors[:_AUTHORS]]
    if len(paper.authors) > _AUTHORS or (names and not paper.authors_complete):
        names.append("and others")
    authors = ", ".join(names).replace(", and others", " and others")
    venue = italic(paper.venue) if paper.venue else ""
    return ", ".join(part for part in (authors, venue, str(paper.year or "")) if part)


def _first(plan: Plan) -> str:
    return "most relevant" if plan.topic else "newest"


def _all_of_them(library: Library, plan: Plan) -> str:
    if command := _export_command(library, plan):
        return f"`{command}` writes them all to a file."
    return "Name an author, a venue or years to see the others."


def _export_command(library: Library, plan: Plan) -> str:
    """The command that hands on all papers of a list; empty where it has no option for a condition."""
    filters = plan.filters
    if (
        filters.any_authors
        or filters.without_authors
        or filters.without_venues
        or filters.lacking
        or filters.team
        or filters.papers
    ):
        return ""
    options: list[tuple[str, str]] = [("--author", author) for author in filters.authors]
    if filters.venue is not None:
        options.append(("--venue", filters.venue))
    if filters.years is not None:
        first, last = filters.years
        options.append(("--year", str(first) if first == last else f"{first or ''}-{last or ''}"))
    if filters.sources:
        names = [os.path.basename(source.path) for source in sources_read(library)]
        for source in filters.sources:
            name = os.path.basename(source)
            options.append(("--source", name if names.count(name) == 1 else source))
    if plan.topic:
        options.append(("--topic", plan.topic))
    return " ".join(["rag export", *(f"{name} {shlex.quote(value)}" for name, value in options)]).replace("`", "")


def _undated(library: Library, plan: Plan) -> str:
    """What to say where papers could belong here but for an unknown year."""
    if plan.filters.years in (None, (None, None)) or plan.topic:
        return ""
    others = newest_first(library, replace(plan.filters, years=None, lacking=(*plan.filters.lacking, "year")))
    if not others:
        return ""
    return f"The year of {counted(len(others), 'other paper')} is not known."
