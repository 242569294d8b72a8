"""What a library holds, in sentences: how much, from when and where, by whom, out of which files."""

from __future__ import annotations

import re
from pathlib import Path

from rag.answering.citations import italic, quoted
from rag.answering.quoting import entry
from rag.answering.task import Task
from rag.answering.wording import counted, joined, period
from rag.library.overview import overview
from rag.retrieval.meant import meant
from rag.types import EVERYTHING, Evidence

_NAMED = 10  # files
_SHOWN = 3  # papers of a year


def whether_held(task: Task, what: str) -> str:
    """Whether the library has a paper, which is cited if it does."""
    hits, nearest = meant(task.means.indexes, what, EVERYTHING)
    if not hits:
        near = f" The nearest paper is {italic(nearest[0].paper.title)}." if nearest else ""
        return f"The library has no paper that “{quoted(what)}” clearly means.{near}"
    titles = [entry(hit.paper, Evidence.of_title(hit.paper), task.numbering, "") for hit in hits]
    return f"Yes: {joined(titles)}."


def counts(task: Task) -> str:
    """How many papers, authors and venues there are, and what is not known of them."""
    library = task.means.indexes.library
    seen = overview(library)
    ((undated, placeless, bare, venues),) = library.rows(
        "SELECT coalesce(sum(year IS NULL), 0), coalesce(sum(venue IS NULL), 0), coalesce(sum(abstract = ''), 0), "
        "count(DISTINCT venue) FROM papers"
    )
    text = (
        f"The library holds **{counted(seen.papers, 'paper')}** by {counted(seen.authors, 'known author')} in "
        f"{counted(venues, 'venue')}"
    )
    text += f", {period(*seen.years)}." if seen.years else "; no paper has a known year."
    lacking = [
        f"{number:,} without {what}"
        for number, what in ((undated if seen.years else 0, "a known year"), (placeless, "a known venue"),
                             (bare, "an abstract"))
        if number
    ]  # fmt: skip
    return f"{text} Among them are {joined(lacking)}." if lacking else text


def years(task: Task) -> str:
    """The years that are covered."""
    seen = overview(task.means.indexes.library)
    if seen.years is None:
        return f"The library does not know the years of its {counted(seen.papers, 'paper')}."
    ((undated,),) = task.means.indexes.library.rows("SELECT count(*) FROM papers WHERE year IS NULL")
    text = f"The papers are **{period(*seen.years)}**."
    return f"{text} The year of {counted(undated, 'paper')} is not known." if undated else text


def age(task: Task) -> str:
    """The papers of the first or the last known year, as the question asks."""
    library = task.means.indexes.library
    first = re.search(r"old|earl|first", task.standalone, re.IGNORECASE)
    seen = overview(library)
    if seen.years is None:
        return years(task)
    year = seen.years[0 if first else 1]
    keys = [key for (key,) in library.rows("SELECT key FROM papers WHERE year = ? ORDER BY title_key, key", (year,))]
    papers = library.papers(keys[:_SHOWN])
    titles = [entry(paper, Evidence.of_title(paper), task.numbering, "") for paper in papers]
    which = "oldest" if first else "newest"
    if len(keys) == 1:
        return f"The {which} paper is {titles[0]}, from {year}."
    such = ", such as" if len(keys) > len(titles) else ":"
    return f"The {which} papers are from {year}. There are {len(keys):,} of them{such} {joined(titles)}."


def venues(task: Task) -> str:
    """How many venues there are, and which have most papers."""
    library = task.means.indexes.library
    names = overview(library).venues
    ((number,),) = library.rows("SELECT count(DISTINCT venue) FROM papers")
    if not names:
        return "The library does not know where any of its papers appeared."
    most = ", those with most papers first" if number > 1 else ""
    others = f" and {number - len(names):,} others" if number > len(names) else ""
    return f"The papers are from **{counted(number, 'venue')}**{most}: {', '.join(map(quoted, names))}{others}."


def authors(task: Task) -> str:
    """How many authors there are, and who has most papers."""
    seen = overview(task.means.indexes.library)
    if not seen.author_names:
        return "The library does not know who wrote its papers."
    others = f" and {seen.authors - len(seen.author_names):,} others" if seen.authors > len(seen.author_names) else ""
    names = ", ".join(map(quoted, seen.author_names))
    return f"The library knows **{counted(seen.authors, 'author')}**, those with most papers first: {names}{others}."


def sources(task: Task) -> str:
    """The files that the papers were read from."""
    library = task.means.indexes.library
    paths = [path for (path,) in library.rows("SELECT path FROM sources ORDER BY key")]
    names = ", ".join(f"`{Path(path).name}`" for path in paths[:_NAMED]).replace("``", "")
    others = f" and {len(paths) - _NAMED:,} others" if len(paths) > _NAMED else ""
    number = counted(library.count("papers"), "paper")
    return f"The {number} were read from **{counted(len(paths), 'file')}**: {names}{others}."


def update(task: Task) -> str:
    """How new the library is, as far as it knows."""
    return (
        "The library does not keep when papers were added: it is as new as the files that were read last. "
        f"{sources(task)} Run `rag ingest PATH` again when they change. {years(task)}"
    )
