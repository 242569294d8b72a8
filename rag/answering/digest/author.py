"""Answers about someone's work as a whole: every paper of theirs, and none of anyone else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.citations import quoted
from rag.answering.digest import facts, pages
from rag.answering.digest.gathering import Work, work_of
from rag.answering.task import EXTRACTIVE, Outcome, Pieces, Task
from rag.retrieval.methods import methods
from rag.retrieval.people import people


def write(task: Task) -> Pieces:
    """The digest of each author of the plan; where a name is not one person's, whose it can be."""
    library = task.means.indexes.library
    found = {name: people(library, name) for name in task.plan.people or task.plan.filters.authors[:1]}
    if unsettled := [name for name, meant in found.items() if len(meant) != 1]:
        from rag.answering import doubts

        return (yield from doubts.ask(task, unsettled))
    outcomes: list[Outcome] = []
    for place, (person,) in enumerate(found.values()):
        if task.stopping.is_set():
            break
        work = work_of(task, person)
        if len(found) > 1:
            yield ("\n\n" if place else "") + f"## {quoted(work.name)}\n\n"
        outcomes.append((yield from _digest(task, work)))
    return _together(outcomes)


def _digest(task: Task, work: Work) -> Pieces:
    desk = pages.Desk()
    if not work.papers:
        yield facts.nothing_left(work)
        return Outcome(refused=True, offers=(f"What has {work.name} worked on?",))
    outcome = Outcome()
    if len(work.papers) == 1:
        yield f"{facts.only(work)}\n\n{pages.alone(work.papers[0], task.numbering, desk)}"
    else:
        yield facts.opening(work) + facts.outline(work)
        if task.means.model:
            # What checks a model's text takes time to import.
            from rag.answering.digest import prose

            outcome = yield from prose.write(task, task.means.model, work, desk)
            if task.stopping.is_set():
                return outcome
        else:
            yield from pages.write(work, task.numbering, desk)
        yield from _facts(task, work)
    if perhaps := facts.perhaps(work):
        yield f"\n\n{perhaps}"
    return outcome


def _facts(task: Task, work: Work) -> Iterator[str]:
    found = methods(work.papers)
    yield pages.introduced(found, task.numbering)
    yield from facts.timeline(work, {method.paper.id: method.name for method in reversed(found)})
    if company := facts.company(work):
        yield f"\n\n{company}"


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    """What there is to say of several digests: refused if all are, and by a model if one is."""
    return Outcome(
        refused=bool(outcomes) and all(each.refused for each in outcomes),
        model=next((each.model for each in outcomes if each.model != EXTRACTIVE), EXTRACTIVE),
        unsupported=tuple(sentence for each in outcomes for sentence in each.unsupported),
        problem=next((each.problem for each in outcomes if each.problem), None),
        offers=tuple(offer for each in outcomes for offer in each.offers),
        written=tuple(passage for each in outcomes for passage in each.written),
    )
