"""The kind of a question chosen by a language model, where the words alone did not settle it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from rag.errors import LanguageModelError
from rag.retrieval.planning.asking import asks_of
from rag.retrieval.planning.subjects import compared
from rag.retrieval.planning.topics import topic
from rag.retrieval.planning.years import years_in
from rag.types import Kind, Message, Plan, Prompt

MAX_TOKENS = 8
"""How much a model may write to name a kind."""

_KINDS: Mapping[Kind, str] = {
    "fact": "what a paper says, found or used, or one detail about it",
    "author": "what a person has worked on as a whole",
    "compare": "two or more methods, papers or people set side by side",
    "list": "which papers, co-authors or venues there are",
    "count": "how many papers there are",
    "trend": "how something changed over the years",
    "overview": "what the papers or a field are about in general",
    "about": "the library or the assistant itself",
}
_SYSTEM = "\n".join(
    (
        "You sort questions that are put to a library of abstracts of research papers. The kinds are:",
        *(f"{kind}: {meaning}" for kind, meaning in _KINDS.items()),
        "Reply with the name of the kind that fits the question best, one word and nothing else.",
    )
)
_LONGEST = 400  # characters of a question
_NAMED = re.compile(rf"(?<!\w)({'|'.join(_KINDS)})(?!\w)", re.IGNORECASE)
_FILTERING: frozenset[Kind] = frozenset(("list", "count", "trend", "overview"))


def refined(plan: Plan, question: str, complete: Callable[[Prompt], str]) -> Plan:
    """The plan with the kind that the model names; as it was if that is no kind, or impossible, or the model fails.

    Meant for questions of which `is_sure` says no: the model is not asked who or what the question names.
    """
    try:
        said = complete(prompt(question))
    except LanguageModelError:
        return plan
    named = {found.casefold() for found in _NAMED.findall(said)}
    kind = next((kind for kind in _KINDS if kind in named), plan.kind)
    return plan if len(named) != 1 or kind == plan.kind else _of_kind(plan, question, kind)


def prompt(question: str) -> Prompt:
    """What the model is asked."""
    asked = " ".join(question[:_LONGEST].split())
    return Prompt(_SYSTEM, (Message("user", f"Question: {asked}\nKind:"),))


def _of_kind(plan: Plan, question: str, kind: Kind) -> Plan:
    """The plan as one of another kind; as it was if it does not name what that kind needs."""
    people = plan.people or plan.filters.authors
    subjects = compared(plan.question, ()) if kind == "compare" else ()
    is_of_people = kind == "author" or (kind == "compare" and len(subjects) < 2)
    if is_of_people and len(people) < (1 if kind == "author" else 2):
        return plan
    years = plan.filters.years
    if kind in _FILTERING and years is None:
        years = years_in(question, datetime.now(UTC).date()).years
    return replace(
        plan,
        kind=kind,
        filters=replace(plan.filters, authors=() if is_of_people else people, years=years),
        asks=asks_of(kind, question),
        topic=topic(plan.question, ()) if kind in _FILTERING or kind == "author" else "",
        subjects=subjects,
        people=people if is_of_people else (),
    )
