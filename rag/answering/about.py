"""Questions about the library and the assistant themselves, answered from what is known of both."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag.answering import holdings
from rag.answering.citations import bold
from rag.answering.task import Outcome, Pieces, Task
from rag.answering.wording import counted, joined
from rag.readers import FORMATS

if TYPE_CHECKING:
    from rag.answering.llm.client import LanguageModel

_HOSTS_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - compared, not bound


def abilities(papers: int) -> str:
    """What can be asked of a library of so many papers."""
    held = f"the {papers:,} papers" if papers != 1 else "the one paper"
    return (
        f"I answer questions about {held} of this library from their abstracts, with the sentences I rely on. "
        "Ask what a paper found or who wrote it, what an author has worked on, how methods compare, which papers are "
        "on a topic and how many, with whom and where an author has published, or what the library is about as a whole."
    )


def write(task: Task) -> Pieces:
    """The answer to a question about the library or the assistant; what they are in general if it is not understood."""
    if found := _HELD.search(task.standalone):
        yield holdings.whether_held(task, found["what"])
        return Outcome()
    answers = [answer for pattern, answer in _TOPICS if re.search(rf"\b(?:{pattern})", task.standalone, re.IGNORECASE)]
    yield (answers[0] if answers else _in_general)(task)
    return Outcome()


_HELD = re.compile(
    r"^\W*(?:is|are|do you (?:have|know)|does (?:this|the|your|our|my) \w+ (?:have|contain|include|hold))\s+"
    r"(?:the paper\s+)?(?P<what>\S.*?)"
    r"(?:\s+(?:part of|(?:contained |included |covered )?(?:in|by)) (?:this|the|your|our|my) "
    r"(?:library|collection|corpus|database))\W*$",
    re.IGNORECASE,
)


def _model(task: Task) -> str:
    model = task.means.model
    if model is None:
        return (
            "No language model is configured: answers are sentences quoted from the abstracts, and lists and counts "
            "come from what the library knows of its papers."
        )
    name = bold(model.name) if model.name else "the model it offers"
    return (
        f"Answers in prose are written by {name}{_at(model)}, and every sentence is checked against the "
        "abstracts. Lists and counts are made without it."
    )


def _privacy(task: Task) -> str:
    model, server = task.means.model, task.means.indexes.server
    outside = []
    if model is not None and model.host not in _HOSTS_HERE:
        outside.append(f"Questions and the abstracts found for them are sent to the language model{_at(model)}.")
    if server is not None and not _is_here(server):
        outside.append(f"The embeddings of the papers are kept by the Chroma server at {urlsplit(server).hostname}.")
    if outside:
        return f"Some things leave this machine. {' '.join(outside)} Nothing else does."
    model_here = f" The language model runs here too{_at(model, ',')}." if model is not None else ""
    return (
        "**Nothing leaves this machine.** The papers, the search and its embedding model are all on it, and no page of "
        f"the internet is read.{model_here} "
        "Conversations on the page are kept beside the library, here too, until they are deleted."
    )


def _at(model: LanguageModel, comma: str = "") -> str:
    return f"{comma} at {model.address}" if model.address else ""


def _is_here(address: str) -> bool:
    return urlsplit(address).hostname in _HOSTS_HERE


def _formats(task: Task) -> str:
    formats = joined([each.NAME for each in FORMATS])
    return (
        f"Files of these formats can be added, recognised by their content: {formats}; plain or as `.gz`. "
        "Drop them on the page under Library, or use `rag ingest PATH` for files and folders, and again when they "
        "change. PDFs cannot be added: the library holds what exports say of papers (title, authors, year, venue, "
        "abstract), not their full texts."
    )


def _export(task: Task) -> str:
    return (
        "`rag export` hands the papers on to other tools, all or those of an `--author`, a `--venue`, a `--year` such "
        "as `2020-2024` or a `--topic`. Its `--format` can be BibTeX, RIS, CSL-JSON, CSV, JSON lines or Markdown."
    )


def _removal(task: Task) -> str:
    return (
        "A single paper cannot be changed or removed here. Correct the file it came from and add it again, or take the "
        "whole file out of the library on the page, under Library, Files."
    )


def _full_texts(task: Task) -> str:
    ((bare,),) = task.means.indexes.library.rows("SELECT count(*) FROM papers WHERE abstract = ''")
    text = "The library holds titles and abstracts, no full texts: what an abstract does not say is not answered."
    return (
        f"{text} {counted(bare, 'paper')} has no abstract."
        if bare == 1
        else text + (f" {counted(bare, 'paper')} have no abstract." if bare else "")
    )


def _languages(task: Task) -> str:
    return "Questions are understood in English. Others are tried, and often refused; abstracts are quoted as they are."


def _checking(task: Task) -> str:
    text = (
        "Every `[n]` in an answer leads to the paper and to a sentence of its abstract, word for word, or to its "
        "title. Without a language model sentences are only quoted. What a model writes is compared with the abstracts "
        "it cites: numbers, names and meaning must be stated there, and a sentence that none supports is "
    )
    return (
        text
        + ("left out." if task.means.strict else "marked as unsupported.")
        + (" It can still be wrong: a finding turned into its opposite with the same words is not noticed.")
    )


def _search(task: Task) -> str:
    return (
        "Papers are found by their words (BM25) and by meaning together; meaning is compared by the embedding model "
        f"{task.means.indexes.embedder.name}, which runs on this machine. Authors, venues and years are looked up "
        "exactly."
    )


def _questions(task: Task) -> str:
    return abilities(task.means.indexes.library.count("papers"))


def _in_general(task: Task) -> str:
    return f"{_questions(task)}\n\n{holdings.counts(task)}"


_TOPICS: tuple[tuple[str, Callable[[Task], str]], ...] = (
    (r"export|(?:as|to|in|into|get|give me|write|make) (?:a |my )?bibtex"
     r"|download (?:the|all|a|my)|save (?:the|my|these)|hand (?:them )?on", _export),
    (r"leav\w*|sen[dt]\b|sends|cloud|priva\w+|confidential|offline|internet|online|third part|track\w*|telemetry"
     r"|share[ds]?|secur\w+|log(?:s|ged)?\b|stored?|remember|browse|cost", _privacy),
    (r"delete|remove|edit|get rid|correct a|change (?:a|the) (?:paper|record)", _removal),
    (r"formats?|pdfs?\b|add\b|adding|import\w*|ingest|upload|load\b|put (?:in|my)|zotero|mendeley|bibtex"
     r"|ris\b", _formats),
    (r"full[- ]?texts?|whole (?:papers?|articles?)|entire papers?|only (?:the )?abstracts?", _full_texts),
    (r"cit(?:e|es|ed|ing|ations?)\b|verif\w+|check\w*|trust\w*|hallucinat\w*|reliab\w+|accura\w+|make (?:\w+ )?up"
     r"|made up|invent|unsupported|guess|lie\b|good are", _checking),
    (r"language model|llms? (?:are|do|is|writ|answer|behind)|(?:which|what) (?:model|llm|ai)\b|gpt|powered|ollama"
     r"|(?:model|llm) (?:are|do|is) (?:you|used|behind|running|answering)|trained", _model),
    (r"languages?|english|german|french|spanish|chinese|japanese|translate", _languages),
    (r"updat\w*|up[- ]to[- ]date|last (?:added|ingest\w*|import\w*|refreshed)|refreshed|recent (?:is|are)"
     r"|current (?:is|are)|fresh", holdings.update),
    (r"oldest|earliest|newest|latest|most recent|first paper|last paper", holdings.age),
    (r"sources?|come from|came from|which files|what files|origin|collected|file names?|stem from", holdings.sources),
    (r"years?\b|span|period|time range|from when|how far back|coverage", holdings.years),
    (r"venues?|journals?|conferences?|outlets?", holdings.venues),
    (r"who (?:are|is) (?:in\b|the authors)"
     r"|(?:which|what|whose|list|name) \w* ?authors?|most productive|most papers", holdings.authors),
    (r"how many|how (?:big|large)|size|number of|count", holdings.counts),
    (r"embed\w*|vectors?|index\w*|rank\w*|how (?:do|does) (?:you|it|this|the search) (?:search|find|work)", _search),
    (r"what (?:can|kinds?|sorts?|do you do|are you)|who are you|questions|help|able|capab\w*"
     r"|use (?:you|this)", _questions),
)  # fmt: skip
