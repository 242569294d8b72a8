"""All that the library has of one author: every paper, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.answering.conditions import conditions, described
from rag.answering.task import Task
from rag.retrieval.filters import allowed_papers
from rag.retrieval.people import Person, maybe_same, papers_with
from rag.retrieval.profile import coauthors, grouped
from rag.retrieval.themes import Theme
from rag.types import Filters, Paper


@dataclass(frozen=True, slots=True)
class Work:
    """The papers of one author.

    Attributes:
        name: The author, as spelled most fully.
        papers: Those to tell of, newest first.
        themes: Groups of them, as places in `papers`; one without a label where there is nothing to group. Where none
            is about the topic, of all the others.
        topic: What they are about; empty for all.
        filters: What else they have in common.
        within: The same in words, after "papers in this library".
        besides: How many papers pass the filters and are not about the topic.
        all: How many papers of the author there are in the library.
        coauthors: Known co-authors with the number of joint papers, most first.
        maybe: People who may be the same, by their names.
    """

    name: str
    papers: tuple[Paper, ...]
    themes: tuple[Theme, ...]
    topic: str
    filters: Filters
    within: str
    besides: int
    all: int
    coauthors: tuple[tuple[str, int], ...]
    maybe: tuple[Person, ...]


def work_of(task: Task, person: Person) -> Work:
    """The papers of a person that the plan asks for, and what belongs to them."""
    indexes, plan = task.means.indexes, task.plan
    keys = papers_with(indexes.library, person.keys)
    allowed = allowed_papers(indexes.library, plan.filters)
    passing = keys if allowed is None else keys.intersection(allowed)
    papers = indexes.library.papers_by_key(sorted(passing))
    chosen = _about(task, person, papers) if plan.topic and papers else sorted(papers)
    chosen.sort(key=lambda key: (-(papers[key].year or 0), key))
    told = tuple(papers[key] for key in chosen)
    shown = chosen or sorted(papers)
    return Work(
        name=person.name,
        papers=told,
        themes=grouped(indexes, [papers[key] for key in shown], shown),
        topic=plan.topic,
        filters=plan.filters,
        within=described(conditions(indexes.library, plan.filters), by="with"),
        besides=len(passing) - len(chosen),
        all=len(keys),
        coauthors=tuple((author.name, len(author.papers)) for author in coauthors(indexes, person, chosen)),
        maybe=tuple(maybe_same(indexes.library, person)),
    )


def _about(task: Task, person: Person, papers: dict[int, Paper]) -> list[int]:
    """The keys of those papers that are about the topic."""
    # Most digests are of all papers, and do not wait for what tells topics.
    from rag.retrieval.topical import on_topic

    filters = task.plan.filters
    own = replace(filters, authors=(*filters.authors, person.name))
    found = {hit.paper.id for hit in on_topic(task.means.indexes, task.plan.topic, own)}
    return [key for key, paper in papers.items() if paper.id in found]
