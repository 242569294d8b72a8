"""The page without a browser, over an assistant whose answers the test decides."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from threading import Timer
from types import ModuleType, SimpleNamespace

import pytest
import streamlit as st
from scripted_stream import HoldingAssistant
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from rag.answering.notice import NO_MODEL
from rag.errors import IndexDamaged, LibraryError, RagError
from rag.retrieval.people import Person
from rag.settings import Settings
from rag.types import (
    EVERYTHING,
    Answer,
    Citation,
    Failure,
    Filters,
    IngestReport,
    LocalServer,
    Message,
    Paper,
    Progress,
    Source,
    Status,
)
from rag.ui import markdown
from rag.ui.chat.conversation import Conversation, Turn
from rag.ui.chat.generation import Written
from rag.ui.chat.messages import INTERRUPTED, STOPPED
from rag.ui.chat.support import EXPLANATION

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "rag" / "ui" / "script.py"
PAPER = Paper("p1", "On $5 things", "It costs $5. It works.", ("Ann Bee",), False, 2021, None, "https://example.org/p1")
CITATION = Citation(1, "p1", PAPER.title, PAPER.authors, 2021, None, PAPER.url, "It costs $5.")
TEXT = "It costs $5. [1]"


class StubStream:
    """Yields `TEXT` and then ends, or fails with `failure`."""

    def __init__(
        self,
        question: str,
        *,
        refused: bool = False,
        failure: RagError | None = None,
        problem: str | None = None,
    ) -> None:
        cited = () if refused else (CITATION,)
        text = "The library has nothing on that." if refused else TEXT
        self.citations: tuple[Citation, ...] = ()
        self._failure = failure
        self.answer = Answer(question, question, "fact", text, refused, cited, "extractive", problem=problem)

    def stop(self) -> None:
        """Too late."""

    def __iter__(self) -> Iterator[str]:
        yield self.answer.answer[:6]
        self.citations = self.answer.citations
        if self._failure:
            raise self._failure
        yield self.answer.answer[6:]


class StubAssistant:
    """One paper; `papers` is 0 until something is ingested."""

    model = "extractive"

    def __init__(self) -> None:
        self.papers = 1
        self.ingested: list[Path] = []
        self.report = IngestReport()
        self.histories: list[Sequence[Message]] = []
        self.stream: Callable[[str], StubStream] = StubStream
        self.waiting = 0
        self.damage: IndexDamaged | None = None
        self.rebuilt = 0
        self.settings = Settings(Path("library"))

    def paper_count(self) -> int:
        return self.papers

    def rebuild(self, progress: object) -> None:
        self.rebuilt += 1
        self.damage = None

    def status(self) -> Status:
        return Status("library", 2, 3, 1, 0, "minilm", None, True, None)

    def pending(self) -> int:
        return self.waiting

    def overview(self) -> SimpleNamespace:
        return SimpleNamespace(papers=self.papers, authors=1, years=(2021, 2021), venues=(), author_names=("Ann Bee",))

    def kept_map(self) -> None:
        """There is none."""

    def suggestions(self) -> tuple[str, ...]:
        return ("What costs $5?",)

    def ingest(self, paths: Sequence[Path], progress: Progress, *, embedding: bool) -> IngestReport:
        progress("words", 1, 2)
        self.ingested += paths
        return self.report

    def embed(self, stopped: Callable[[], bool]) -> None:
        pass

    def library_map(self) -> None:
        return None

    def ask(self, question: str, history: Sequence[Message], **planned: object) -> StubStream:
        self.histories.append(history)
        return self.stream(question)

    def notice_of(self, answer: Answer) -> str:
        return "" if answer.refused else NO_MODEL

    def author_names(self, written: str = "", k: int = 20) -> list[Person]:
        return []

    def venue_names(self, k: int = 200) -> list[tuple[str, int]]:
        return []

    def sources_read(self) -> list[Source]:
        return []

    def count(self, filters: Filters = EVERYTHING) -> int:
        return self.papers

    def titled(self, title: str) -> list[Paper]:
        return []

    def local_servers(self) -> tuple[LocalServer, ...]:
        return ()

    def paper(self, paper_id: str) -> Paper:
        assert paper_id == PAPER.id
        return PAPER


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[StubAssistant]:
    stub = StubAssistant()
    stub.settings = Settings(tmp_path)
    module = ModuleType("rag.assistant")
    module.open_assistant = lambda settings: stub  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rag.assistant", module)
    monkeypatch.setattr("rag.settings.load_settings", lambda: Settings(tmp_path), raising=False)
    monkeypatch.setattr("rag.ui.chat.conversation.turn_ids", count(1))
    st.cache_resource.clear()
    yield stub
    st.cache_resource.clear()


def opened() -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=10).run()
    assert not page.exception
    return page


def asked(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def tries(page: AppTest) -> list[Button]:
    return [button for button in page.main.button if button.label == "Try again"]


def shown(page: AppTest) -> str:
    return "\n".join(element.value for element in [*page.title, *page.markdown, *page.caption, *page.warning])


def test_the_welcome_says_what_the_library_holds(assistant: StubAssistant) -> None:
    page = opened()
    assert "1 paper by Ann Bee\\, 2021" in shown(page)
    assert [button.label for button in page.main.button] == [r"What costs \$5\?"]


def test_a_suggestion_is_asked_as_it_reads(assistant: StubAssistant) -> None:
    page = opened()
    page.main.button[0].click().run()
    assert page.session_state["conversation"].turns[0].question == "What costs $5?"
    assert r"It costs \$5\. [\[1\]](#cite-1-1)" in shown(page)


def test_the_sources_name_known_authors_and_the_address(assistant: StubAssistant) -> None:
    page = asked(opened(), "What?")
    assert (
        "[\\[1\\]](#cite-1-1) **[On \\$5 things](#paper-cite-1-1)**  \nKnown authors\\: Ann Bee · 2021 · <https://example.org/p1>"
        in shown(page)
    )


def test_earlier_turns_are_history_and_the_line_about_the_model_is_said_once(
    assistant: StubAssistant,
) -> None:
    page = asked(asked(opened(), "First?"), "Second?")
    assert assistant.histories == [(), (Message("user", "First?"), Message("assistant", TEXT))]
    assert [caption.value for caption in page.caption].count(markdown.message(NO_MODEL)) == 1
    assert len(page.chat_message) == 4


def test_a_refusal_has_no_sources(assistant: StubAssistant) -> None:
    assistant.stream = lambda question: StubStream(question, refused=True)
    page = asked(opened(), "What?")
    assert "Not in this library" in shown(page)
    assert "Sources" not in shown(page)
    assert markdown.message(NO_MODEL) not in shown(page)


def test_an_answer_that_fails_half_way_is_kept_with_the_reason_and_asked_again(assistant: StubAssistant) -> None:
    assistant.stream = lambda question: StubStream(question, failure=RagError("The endpoint went away. Ask again."))
    page = asked(opened(), "What?")
    assert "It cos" in shown(page)
    assert page.warning[0].value == r"The endpoint went away\. Ask again\."
    assistant.stream = StubStream
    tries(page)[0].click().run()
    assert not page.warning
    assert r"It costs \$5\. [\[1\]](#cite-2-1)" in shown(page)
    assert assistant.histories == [(), ()]
    assert len(page.chat_message) == 2


def test_a_problem_of_the_model_is_told_with_the_answer_given_instead(assistant: StubAssistant) -> None:
    assistant.stream = lambda question: StubStream(question, problem="The model is gone. Start it.")
    page = asked(opened(), "What?")
    assert page.warning[0].value == r"The model is gone\. Start it\."
    assert len(tries(page)) == 1
    assert "Sources" in shown(page)


def test_only_the_last_question_is_asked_again(assistant: StubAssistant) -> None:
    assistant.stream = lambda question: StubStream(question, problem="The model is gone. Start it.")
    page = asked(asked(opened(), "First?"), "Second?")
    assert len(page.warning) == 2
    assert len(tries(page)) == 1


@pytest.mark.parametrize(
    ("kept", "said"), [(Written("It costs"), INTERRUPTED), (Written("It costs", stopped=True), STOPPED)]
)
def test_an_answer_that_ended_early_is_shown_as_far_as_it_came(
    assistant: StubAssistant, kept: Written, said: str
) -> None:
    page = AppTest.from_file(str(PAGE), default_timeout=10)
    page.session_state["conversation"] = Conversation([Turn(0, "First?", kept=kept)])
    page.run()
    assert "It costs" in shown(page)
    assert said in shown(page)
    assert len(tries(page)) == 1


def test_an_answer_is_picked_up_by_the_next_run_of_the_page(assistant: StubAssistant) -> None:
    held = HoldingAssistant()
    page = AppTest.from_file(str(PAGE), default_timeout=10)
    conversation = Conversation()
    conversation.ask("First?", held)
    page.session_state["conversation"] = conversation
    Timer(0.3, lambda: [held.streams[0].pieces.put(piece) for piece in ("Kelp is brown. [1]", None)]).start()
    page.run()
    assert r"Kelp is brown\. [\[1\]](#cite-1-1)" in shown(page)
    assert EXPLANATION in shown(page)
    assert len(held.streams) == 1


def test_a_new_chat_is_empty(assistant: StubAssistant) -> None:
    page = asked(opened(), "What?")
    page.sidebar.button[0].click().run()
    assert len(page.chat_message) == 0
    assert page.title[0].value == "Ask the library"


def test_papers_not_yet_embedded_are_mentioned(assistant: StubAssistant) -> None:
    assistant.waiting = 12
    assert "12 papers are still being indexed for meaning." in shown(opened())


def test_an_empty_library_is_filled_from_the_seeds_once(assistant: StubAssistant) -> None:
    assistant.papers = 0
    assistant.report = IngestReport(failed=(Failure("a.txt", "line 3", "no title"),))
    page = opened()
    assert assistant.ingested == [ROOT / "seeds"]
    assert page.title[0].value == "The library is empty"
    assert page.sidebar.expander[0].label == "1 record could not be read"
    opened()
    assert len(assistant.ingested) == 1


@pytest.mark.parametrize("failure", [LibraryError, IndexDamaged])
def test_a_library_that_cannot_be_opened_is_one_clear_state(
    assistant: StubAssistant, monkeypatch: pytest.MonkeyPatch, failure: type[RagError]
) -> None:
    def fail(settings: Settings) -> StubAssistant:
        raise failure("The folder cannot be written. Choose another with RAG_LIBRARY.")

    working = sys.modules["rag.assistant"].open_assistant
    monkeypatch.setattr(sys.modules["rag.assistant"], "open_assistant", fail)
    page = opened()
    assert page.title[0].value == "The library cannot be used"
    assert "Choose another with RAG" in shown(page)
    assert len(page.chat_input) == 0
    monkeypatch.setattr(sys.modules["rag.assistant"], "open_assistant", working)
    page.main.button[0].click().run()
    assert page.title[0].value == "Ask the library"


def test_a_damaged_index_is_told_and_made_again_on_the_page(assistant: StubAssistant) -> None:
    assistant.damage = IndexDamaged("The word index is damaged. Run `rag rebuild`.")
    page = opened()
    assert page.title[0].value == "A search index is damaged"
    assert "The word index is damaged" in shown(page)
    assert "`rag rebuild`" in shown(page)
    assert len(page.chat_input) == 0
    page.main.button[0].click().run()
    limit = time.monotonic() + 5
    while page.title[0].value != "Ask the library" and time.monotonic() < limit:
        page.run()
    assert assistant.rebuilt == 1
    assert page.title[0].value == "Ask the library"


def test_a_failure_of_the_first_ingest_is_tried_again(
    assistant: StubAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(paths: object, progress: object, *, embedding: bool) -> IngestReport:
        raise LibraryError("The disk is full. Free some space.")

    assistant.papers = 0
    working = assistant.ingest
    monkeypatch.setattr(assistant, "ingest", fail)
    page = opened()
    assert "The disk is full" in shown(page)
    monkeypatch.setattr(assistant, "ingest", working)
    page.main.button[0].click().run()
    assert len(assistant.ingested) == 1
