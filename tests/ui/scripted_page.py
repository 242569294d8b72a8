"""The page over an assistant that answers as the question says: `streamlit run tests/ui/scripted_page.py`.

It stands for a language model, so that a browser can see answers that are slow, endless, wrong or broken off.
`SCRIPTED_MODEL` is "reachable" (the default), "unreachable" or "extractive".
"""

import os
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import streamlit as st

import rag.assistant
from rag.answering.citations import Numbering
from rag.answering.stream import AnswerStream
from rag.errors import LanguageModelError
from rag.library.export import FORMATS
from rag.retrieval.people import Person
from rag.retrieval.planning.parts import Part, without
from rag.settings import Endpoint, Settings
from rag.types import (
    EVERYTHING,
    Answer,
    Cell,
    Doubt,
    Evidence,
    Filters,
    LocalServer,
    Message,
    ModelStatus,
    Paper,
    Plan,
    Progress,
    Source,
    Status,
    Table,
)
from rag.ui import navigation
from rag.ui.chat import arriving

MODEL = "tern-3b-instruct"
FAULTY = "![x](http://evil.example/a.png) :red[x]"
MODELS = (MODEL, "auk-7b", FAULTY, "tern-embed")
KELP = Paper(
    "kelp",
    "KelpNet: Counting Canopy Fronds from Drifting Buoys",
    "Kelp forests shelter coastal fish but are hard to survey. We propose KelpNet, a convolutional network that "
    "counts canopy fronds in images taken by drifting buoys (code: https://example.org/kelpnet). KelpNet is "
    "trained on 14,200 labelled images from seven "
    "bays. It reaches a mean absolute error of 2.7 fronds per image, against 6.1 for the best earlier method.",
    ("Orla Wen", "Mateo Brandt"),
    True,
    2021,
    "Journal of Invented Oceans",
    "https://example.org/1",
)
TIDE = Paper(
    "tide",
    "Tidal Memory Transformers for Long Sensor Records",
    "Sensor records of estuaries span decades and do not fit the window of a transformer. We introduce the Tidal "
    "Memory Transformer (TMT), which keeps a cache that is written at high tide and read at low tide. TMT forecasts "
    "salinity 48 hours ahead with a root mean square error of 0.31 practical salinity units.",
    ("Ines Quill",),
    False,
    2022,
    "Conference on Made-up Learning",
    "https://example.org/2",
)
AUTHORS = ("Orla Wen", "Mateo Brandt", "Ines Quill", "Ada Wen")
PAPERS = {paper.id: paper for paper in (KELP, TIDE)}
PLAN = Plan("kelp", "list", Filters(authors=("Orla Wen",), years=(2021, None)))
DOUBTFUL = Plan("", "author", doubts=(Doubt("Wen", ("Orla Wen", "Ada Wen"), True),))
TABLE = Table(("Paper", "Year"), ((Cell("KelpNet", (1,)), Cell("2021")),))
PROBLEM = f"{MODEL} broke off its answer. Ask again, or choose another model with RAG_LLM_MODEL."
HOSTILE = (
    "![x](http://evil.example/a.png) [click](http://evil.example) <img src=http://evil.example/b.png> :red[x] "
    "$\\int x$ :material/home: [?](javascript:alert(1)) [1](#cite-1-1) [^1]: http://evil.example/c \n\n"
    "```python\nprint('[?]')\n```\n# Heading\n| a | b |\n|---|---|\n| <b>1</b> | $2$ [?] |\n"
)


class Script:
    """Answers of the kinds that questions name."""

    def __init__(self, model: str, filters: Filters) -> None:
        self.model = model
        self.filters = filters
        self.numbering = Numbering()
        self.stopping = Event()
        self.unsupported: tuple[str, ...] = ()

    def answer(self, question: str, dropped: Sequence[Part]) -> Generator[str, None, Answer]:
        """The answer to a question, word for word."""
        if "late" in question:
            self.stopping.wait(2.2)
        kinds = {
            "ambiguous": self.ambiguous,
            "endless": self.endless,
            "failing": self.failing,
            "hostile": self.hostile,
            "slow": self.slow,
            "stalling": self.stalling,
            "filtered": self.filtered,
            "refused": self.refused,
        }
        write = next((kinds[kind] for kind in kinds if kind in question), self.mixed)
        written = []
        for word in write():
            if self.stopping.is_set():
                break
            written.append(word)
            yield word
        problem = PROBLEM if "problem" in question else None
        text, cited = "".join(written), self.numbering.citations
        plan = without(PLAN, dropped) if "planned" in question else None
        if "ambiguous" in question:
            plan = DOUBTFUL
        return Answer(
            question=question,
            standalone_question=question,
            kind="fact",
            answer=text,
            refused=plan is DOUBTFUL or "refused" in question,
            citations=cited,
            model=self.model,
            unsupported=self.unsupported,
            written=(text,),
            problem=problem,
            plan=plan,
            offers=("What does KelpNet count?", "How exact is TMT?") if "offers" in question else (),
            table=TABLE if "table" in question else None,
        )

    def mark(self, paper: Paper, sentence: int, supported: bool = True) -> str:
        """The marker for a sentence of a paper, counted from 0."""
        quote = paper.abstract.split(". ")[sentence].rstrip(".") + "."
        return self.numbering.marker(paper, Evidence(quote, "abstract", 0, 1, 1.0), supported)

    def endless(self) -> Iterator[str]:
        for count in range(100_000):
            yield from slowly(f"Wave {count} rolls in over the kelp, and the buoys count its fronds. ")
            yield self.mark(KELP, 1) + " "

    def slow(self) -> Iterator[str]:
        for part in range(20):
            yield from slowly(f"Slow sentence {part} says that KelpNet counts fronds. {self.mark(KELP, 1)} ")

    def stalling(self) -> Iterator[str]:
        yield "KelpNet counts "
        self.stopping.wait(30)
        yield "canopy fronds."

    def refused(self) -> Iterator[str]:
        yield f"The library has nothing on that.\n\nThe nearest papers are:\n\n- *{KELP.title}*"

    def filtered(self) -> Iterator[str]:
        yield " and ".join(paper.title for paper in PAPERS.values() if _passes(paper, self.filters)) or "Nothing"

    def failing(self) -> Iterator[str]:
        yield "KelpNet counts canopy fronds in"
        raise LanguageModelError(PROBLEM)

    def ambiguous(self) -> Iterator[str]:
        yield "2 authors in this library can be meant by “Wen”. Which one?"

    def hostile(self) -> Iterator[str]:
        yield HOSTILE

    def mixed(self) -> Iterator[str]:
        self.unsupported = ("It was also tested in 19 bays of Iceland.", "Both are said to run on a phone.")
        yield f"KelpNet counts canopy fronds in images taken by drifting buoys. {self.mark(KELP, 1)} "
        yield f"Its mean absolute error is 2.7 fronds per image. {self.mark(KELP, 3)} "
        yield f"{self.unsupported[0]} {self.mark(KELP, 2, supported=False)}[?]\n\n"
        yield f"TMT forecasts salinity 48 hours ahead. {self.mark(TIDE, 2)} {self.unsupported[1]} [?]"


def _passes(paper: Paper, filters: Filters) -> bool:
    first, last = filters.years or (None, None)
    return (
        set(filters.authors) <= set(paper.authors)
        and filters.venue in (None, paper.venue)
        and (first or 0) <= (paper.year or 0) <= (last or 9999)
        and (not filters.papers or paper.id in filters.papers)
        and (not filters.sources or any(paper.id in source for source in filters.sources))
    )


def slowly(text: str) -> Iterator[str]:
    """The words of a text as a small model writes them."""
    for word in text.split():
        time.sleep(0.02)
        yield word + " "


class ScriptedAssistant:
    """What the page needs of an assistant."""

    revision = "5ca1ab1e0ddf"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.damage = None
        self.state = os.environ.get("SCRIPTED_MODEL", "reachable")
        self.model = "extractive" if self.state == "extractive" else MODEL

    def paper_count(self) -> int:
        return len(PAPERS)

    def pending(self) -> int:
        return 0

    def overview(self) -> SimpleNamespace:
        names = ("Orla Wen", "Mateo Brandt", "Ines Quill")
        return SimpleNamespace(papers=2, authors=3, years=(2021, 2022), venues=(), author_names=names)

    def suggestions(self) -> tuple[str, ...]:
        return ("How exact is KelpNet?",)

    def paper(self, identifier: str) -> Paper:
        return PAPERS[identifier]

    def titled(self, title: str) -> list[Paper]:
        return [paper for paper in PAPERS.values() if paper.title == title]

    def count(self, filters: Filters = EVERYTHING) -> int:
        return sum(_passes(paper, filters) for paper in PAPERS.values())

    def author_names(self, written: str = "", k: int = 20) -> list[Person]:
        return [Person(name, (), 1) for name in AUTHORS if written.casefold() in name.casefold()][:k]

    def venue_names(self, k: int = 200) -> list[tuple[str, int]]:
        return [(paper.venue or "", 1) for paper in PAPERS.values()]

    def sources_read(self) -> list[Source]:
        return [Source("exports/kelp.bib", 1, 1), Source("exports/tide.ris", 1, 1)]

    def ask(
        self,
        question: str,
        history: Sequence[Message],
        filters: Filters = EVERYTHING,
        dropped: Sequence[Part] = (),
        *,
        model: str | None = None,
        attempt: int = 0,
    ) -> AnswerStream:
        script = Script(model or self.model, filters)
        return AnswerStream(script.answer(question, dropped), script.numbering, script.stopping)

    def sources(self, answer: Answer, name: str) -> list[str]:
        cited = dict.fromkeys(citation.paper_id for citation in answer.citations)
        return list(FORMATS[name].write([PAPERS[identifier] for identifier in cited]))

    def notice_of(self, answer: Answer) -> str:
        return ""

    def model_status(self) -> ModelStatus | None:
        time.sleep(0.4)
        address = "http://localhost:8080/v1" if self.settings.allow_settings else ""
        if self.state == "reachable":
            return ModelStatus(self.model, address, True, 12.3, 8192, 1024, MODELS)
        at = f" at {address}" if address else ""
        problem = f"Nothing answers{at}. Start the model server there, or change `RAG_LLM_BASE_URL`."
        return ModelStatus(self.model, address, False, None, 4096, 512, (), problem)

    def try_model(self, model: str | None = None) -> float:
        time.sleep(0.4)
        if self.state != "reachable" or model == FAULTY:
            raise LanguageModelError("The server does not have this model. Choose another.")
        return 0.4

    def use_model(self, endpoint: Endpoint | None, context_window: int | None = None) -> None:
        self.settings = replace(self.settings, llm=endpoint, llm_context_window=context_window)
        self.state = "reachable" if endpoint else "extractive"
        self.model = endpoint.model if endpoint else "extractive"

    def status(self) -> Status:
        time.sleep(0.4)
        return Status("library", 2, 3, 1, 0, "minilm", None, True, None)

    def rebuild(self, progress: Progress) -> None:
        for done in range(1, 11):
            time.sleep(0.15)
            progress("words", 20 * done, 200)

    def local_servers(self) -> tuple[LocalServer, ...]:
        time.sleep(0.4)
        return (LocalServer("Ollama", "http://localhost:11434/v1", ("llama3.2:3b", "qwen3:4b")),)


def open_scripted(settings: Settings) -> ScriptedAssistant:
    """In place of `rag.assistant.open_assistant`."""
    return ScriptedAssistant(settings)


arriving.STALLED_SECONDS = 1.0
rag.assistant.open_assistant = open_scripted  # type: ignore[assignment]
st.set_page_config(page_title="Ask the library", layout="centered")
st.navigation(navigation.pages(Path("no seeds")), position="top").run()
