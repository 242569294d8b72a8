import logging
import time
from collections.abc import Callable

import pytest
from scripted_stream import CITATION, PAPER, HoldingAssistant

from rag.errors import LanguageModelError, LibraryEmpty
from rag.ui.chat import generation
from rag.ui.chat.conversation import Conversation, Turn
from rag.ui.chat.generation import UNFORESEEN, Generation, Written

pytestmark = pytest.mark.timeout(20)


@pytest.fixture
def assistant() -> HoldingAssistant:
    return HoldingAssistant()


def eventually(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < limit, "it did not happen"
        time.sleep(0.005)


def started(assistant: HoldingAssistant) -> Generation:
    running = Generation(assistant, lambda: assistant.ask("q", ()))
    eventually(lambda: assistant.streams)
    return running


def test_an_answer_grows_without_anyone_watching(assistant: HoldingAssistant) -> None:
    running = started(assistant)
    assistant.streams[0].pieces.put("Kelp is ")
    eventually(lambda: running.written.text == "Kelp is ")
    assert not running.over
    assert running.written.answer is None
    assistant.streams[0].pieces.put("brown. [1]")
    assistant.streams[0].pieces.put(None)
    eventually(lambda: running.over)
    assert running.written == Written(
        "Kelp is brown. [1]", (CITATION,), {"p1": PAPER}, assistant.streams[0].answer, "", "By tern."
    )


def test_a_citation_is_there_with_its_paper_when_its_marker_is(assistant: HoldingAssistant) -> None:
    running = started(assistant)
    assistant.streams[0].pieces.put("Kelp is brown. [1]")
    eventually(lambda: running.written.text)
    assert (running.written.citations, running.written.papers) == ((CITATION,), {"p1": PAPER})


def test_waiting_ends_with_the_next_piece(assistant: HoldingAssistant) -> None:
    running = started(assistant)
    seen = running.written
    assistant.streams[0].pieces.put("Kelp")
    running.wait(seen, 5)
    assert running.written.text == "Kelp"
    began = time.monotonic()
    running.wait(running.written, 0.02)
    assert 0.02 <= time.monotonic() - began < 1


def test_stop_keeps_what_was_written(assistant: HoldingAssistant) -> None:
    running = started(assistant)
    assistant.streams[0].pieces.put("Kelp is")
    eventually(lambda: running.written.text)
    running.stop()
    assert running.written.stopped
    eventually(lambda: running.over)
    running.stop()
    assert assistant.streams[0].stops == 1
    assert (running.written.text, running.written.stopped) == ("Kelp is", True)
    assert running.written.answer is not None


def test_a_stopped_answer_that_hangs_is_left_alone(
    assistant: HoldingAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "_PATIENCE", 0.05)
    running = started(assistant)
    stream = assistant.streams[0]
    monkeypatch.setattr(stream, "stop", lambda: None)
    running.stop()
    eventually(lambda: running.over)
    stream.pieces.put("too late")
    stream.pieces.put(None)
    time.sleep(0.05)
    assert running.written == Written(stopped=True)


def test_quoted_sentences_are_whole_even_if_stopped() -> None:
    assistant = HoldingAssistant("extractive")
    running = started(assistant)
    assistant.streams[0].pieces.put("Kelp is brown.")
    running.stop()
    eventually(lambda: running.over)
    assert not running.written.stopped


def test_a_failure_keeps_what_was_written(assistant: HoldingAssistant) -> None:
    running = started(assistant)
    assistant.streams[0].pieces.put("Kelp is")
    assistant.streams[0].pieces.put(LanguageModelError("It went away. Ask again."))
    eventually(lambda: running.over)
    assert running.written == Written("Kelp is", failure="It went away. Ask again.")


def test_a_question_that_cannot_be_asked_fails_with_its_sentence(assistant: HoldingAssistant) -> None:
    assistant.refusal = LibraryEmpty("There are no papers. Add some.")
    running = Generation(assistant, lambda: assistant.ask("q", ()))
    eventually(lambda: running.over)
    assert running.written == Written(failure="There are no papers. Add some.")


def test_what_nobody_foresaw_is_said_and_logged(assistant: HoldingAssistant, caplog: pytest.LogCaptureFixture) -> None:
    running = started(assistant)
    with caplog.at_level(logging.ERROR):
        assistant.streams[0].pieces.put(ZeroDivisionError("surprise"))
        eventually(lambda: running.over)
    assert running.written.failure == UNFORESEEN
    assert "surprise" in caplog.text


def test_a_failure_after_stop_is_no_failure(assistant: HoldingAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    running = started(assistant)
    stream = assistant.streams[0]
    monkeypatch.setattr(stream, "stop", lambda: stream.pieces.put(LanguageModelError("It was closed.")))
    running.stop()
    eventually(lambda: running.over)
    assert (running.written.failure, running.written.stopped) == ("", True)


def test_the_next_question_waits_for_the_answer_before(assistant: HoldingAssistant) -> None:
    conversation = Conversation()
    conversation.ask("First?", assistant)
    second = conversation.ask("Second?", assistant)
    eventually(lambda: assistant.streams)
    time.sleep(0.02)
    assert len(assistant.streams) == 1
    assert second.generation
    assert second.generation.queued
    assert second.generation.began is None
    assistant.streams[0].pieces.put("One.")
    assistant.streams[0].pieces.put(None)
    eventually(lambda: len(assistant.streams) == 2)
    assert [message.content for message in assistant.histories[1]] == ["First?", "One."]
    assistant.streams[1].pieces.put(None)


def test_stop_ends_the_questions_that_wait_too(assistant: HoldingAssistant) -> None:
    conversation = Conversation()
    turns = [conversation.ask("First?", assistant), conversation.ask("Second?", assistant)]
    eventually(lambda: assistant.streams)
    conversation.stop()
    eventually(lambda: all(turn.over for turn in turns))
    assert len(assistant.streams) == 1
    assert all(turn.written.stopped for turn in turns)


def test_what_is_replaced_is_not_written_further(assistant: HoldingAssistant) -> None:
    conversation = Conversation()
    first = conversation.ask("First?", assistant)
    eventually(lambda: assistant.streams)
    conversation.ask_instead(first, "Second?", assistant)
    assert assistant.streams[0].stops == 1
    assert [turn.question for turn in conversation.turns] == ["Second?"]
    conversation.stop()


def test_asking_again_takes_the_place_of_the_last_turn(assistant: HoldingAssistant) -> None:
    conversation = Conversation([Turn(0, "First?", kept=Written("One.")), Turn(0, "Second?", kept=Written("Two"))])
    conversation.ask_again(conversation.turns[-1], assistant)
    assert [turn.question for turn in conversation.turns] == ["First?", "Second?"]
    eventually(lambda: assistant.streams)
    assert [message.content for message in assistant.histories[0]] == ["First?", "One."]
    assistant.streams[0].pieces.put(None)


def test_what_another_tab_asked_meanwhile_is_not_replaced(assistant: HoldingAssistant) -> None:
    conversation = Conversation([Turn(0, "First?", kept=Written("One."))])
    (seen,) = conversation.turns
    conversation.ask("In another tab?", assistant)
    conversation.ask_again(seen, assistant)
    conversation.ask_instead(seen, "Changed?", assistant)
    assert [turn.question for turn in conversation.turns] == ["First?", "In another tab?", "Changed?"]
    conversation.stop()
