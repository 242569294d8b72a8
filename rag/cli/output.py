"""Printing: JSON for programs, plain text for people, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag.types import Citation, Hit, LocalServer, ModelStatus, Paper, Progress

_STAGES = {
    "reading": "Reading records",
    "words": "Indexing words",
    "meaning": "Embedding abstracts",
}


def say(text: str, end: str = "\n") -> None:
    """Print for a person, at once."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def print_json(value: Any) -> None:
    """Print a value as one line of JSON."""
    say(json.dumps(value, ensure_ascii=False))


def hit_json(rank: int, hit: Hit) -> dict[str, Any]:
    """A hit as `rag search --json` prints it; `evidence` is its best sentence."""
    paper = hit.paper
    return {
        "rank": rank,
        "paper_id": paper.id,
        "title": paper.title,
        "authors": paper.authors,
        "year": paper.year,
        "venue": paper.venue,
        "url": paper.url,
        "score": round(hit.score, 6),
        "evidence": hit.evidence[0].sentence,
    }


def byline(paper: Paper) -> str:
    """Authors, venue and year of a paper, as far as they are known."""
    names = ", ".join(paper.authors[:5]) + (" and others" if len(paper.authors) > 5 else "")
    if names and not paper.authors_complete:
        names = f"known authors: {names}"
    return " · ".join(str(part) for part in (names, paper.venue, paper.year) if part)


def sources(citations: tuple[Citation, ...]) -> str:
    """The source list under an answer: each paper once, with the markers that cite it."""
    markers: dict[str, list[int]] = {}
    titles: dict[str, str] = {}
    for citation in citations:
        markers.setdefault(citation.paper_id, []).append(citation.marker)
        titles[citation.paper_id] = citation.title
    return "\n".join(f"{''.join(f'[{n}]' for n in numbers)} {titles[key]}" for key, numbers in markers.items())


def model_line(model: ModelStatus | None) -> str:
    """The state of the language model for `rag status`."""
    if model is None:
        return "none: answers are sentences quoted from the abstracts"
    state = model.problem or f"reachable in {model.latency_ms:.0f} ms"
    return f"{model.model} at {model.address}, {model.context_window} tokens: {state}"


def offer(server: LocalServer) -> str:
    """How to let a model server of this machine answer."""
    models = f" with {', '.join(server.models[:3])}" if server.models else ""
    model = f" and RAG_LLM_MODEL={server.models[0]}" if server.models else ""
    return (
        f"          {server.name} runs on this machine{models}: set RAG_LLM_BASE_URL={server.base_url}{model} to use it"
    )


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A progress bar a stage on stderr; nothing where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks = {stage: bars.add_task(name, total=None, visible=False) for stage, name in _STAGES.items()}

        def show(stage: str, done: int, total: int | None) -> None:
            bars.update(tasks[stage], completed=done, total=total, visible=True)

        yield show
