import gc
import sqlite3
import time
from pathlib import Path

import pytest
from scripted_stream import CITATION, PAPER, HoldingAssistant

from rag.conversations.schema import FILE
from rag.errors import ConversationsError, LibraryError, NoConversation
from rag.types import Filters, Paper
from rag.ui.chat.conversation import UNREPEATABLE, Conversation
from rag.ui.chat.generation import Written
from rag.ui.chat.opened import OpenConversations

ANN, BO = "browser:ann", "browser:bo"
pytestmark = pytest.mark.timeout(20)


def gone(identifier: str) -> Paper:
    raise LibraryError("There is no such paper.")


def finish(conversation: Conversation, assistant: HoldingAssistant, text: str = "Kelp is brown. [1]") -> None:
    """Let the newest answer be written."""
    limit = time.monotonic() + 5
    while len(assistant.streams) < 1 and time.monotonic() < limit:
        time.sleep(0.005)
    for piece in (text, None):
        assistant.streams[-1].pieces.put(piece)
    generation = conversation.turns[-1].generation
    assert generation
    generation.wait_until_over()


def answered(conversations: OpenConversations, visitor: str = ANN) -> Conversation:
    conversation, assistant = conversations.new(visitor), HoldingAssistant()
    conversation.ask("What is kelp?", assistant, filters=Filters(venue="Oceans"))
    finish(conversation, assistant)
    return conversation


def test_a_conversation_comes_back_whole_on_another_server(tmp_path: Path) -> None:
    conversation = answered(OpenConversations(tmp_path))
    conversation.rate(conversation.turns[0], "up")
    again = OpenConversations(tmp_path).reopened(ANN, conversation.id, HoldingAssistant().paper)
    (turn,), (before,) = again.turns, conversation.turns
    assert turn.written == before.written
    assert turn.written.answer
    assert (turn.question, turn.filters, turn.rating, turn.over) == (
        "What is kelp?",
        Filters(venue="Oceans"),
        "up",
        True,
    )


def test_a_question_whose_filters_cannot_be_read_is_not_asked_of_all_papers(tmp_path: Path) -> None:
    conversation = answered(OpenConversations(tmp_path))
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute('UPDATE turns SET filters = \'{"continents": ["Asia"]}\'')
    again, assistant = OpenConversations(tmp_path).reopened(ANN, conversation.id, gone), HoldingAssistant()
    (turn,) = again.turns
    text = turn.written.text
    assert (text, turn.written.failure) == (conversation.turns[0].written.text, "")
    again.ask_again(turn, assistant)
    again.ask_instead(turn, "What is dulse?", assistant)
    assert again.turns == [turn]
    assert (turn.written.text, turn.written.failure) == (text, UNREPEATABLE)
    assert not assistant.streams


def test_a_paper_that_is_gone_shows_what_its_citation_kept(tmp_path: Path) -> None:
    conversation = answered(OpenConversations(tmp_path))
    (turn,) = OpenConversations(tmp_path).reopened(ANN, conversation.id, gone).turns
    assert turn.written.papers == {
        "p1": Paper("p1", PAPER.title, CITATION.quote, PAPER.authors, False, PAPER.year, None, None)
    }


def test_an_answer_on_its_way_is_the_same_for_all_who_open_it(tmp_path: Path) -> None:
    conversations, assistant = OpenConversations(tmp_path), HoldingAssistant()
    conversation = conversations.new(ANN)
    identifier, _ = conversation.id, conversation.ask("What is kelp?", assistant)
    del conversation, _
    gc.collect()
    found = conversations.reopened(ANN, identifier, gone)
    assert found.turns[0].generation
    finish(found, assistant)
    assert conversations.reopened(ANN, identifier, gone) is found


def test_an_answer_that_nobody_watches_is_kept(tmp_path: Path) -> None:
    conversations, assistant = OpenConversations(tmp_path), HoldingAssistant()
    conversation = conversations.new(ANN)
    generation = conversation.ask("What is kelp?", assistant).generation
    identifier = conversation.id
    del conversation
    gc.collect()
    assert generation
    for piece in ("Kelp is brown.", None):
        while not assistant.streams:
            time.sleep(0.005)
        assistant.streams[0].pieces.put(piece)
    generation.wait_until_over()
    assert OpenConversations(tmp_path).reopened(ANN, identifier, gone).turns[0].written.text == "Kelp is brown."


def test_an_unfinished_answer_is_an_interrupted_one_on_another_server(tmp_path: Path) -> None:
    conversation, assistant = OpenConversations(tmp_path).new(ANN), HoldingAssistant()
    conversation.ask("What is kelp?", assistant)
    again = OpenConversations(tmp_path).reopened(ANN, conversation.id, gone)
    assert [(turn.question, turn.written, turn.over) for turn in again.turns] == [("What is kelp?", Written(), True)]
    conversation.stop()


def test_a_stopped_answer_is_kept_at_once(tmp_path: Path) -> None:
    conversation, assistant = OpenConversations(tmp_path).new(ANN), HoldingAssistant()
    conversation.ask("What is kelp?", assistant)
    conversation.stop()
    (turn,) = OpenConversations(tmp_path).reopened(ANN, conversation.id, gone).turns
    assert turn.written.stopped


def test_one_visitor_opens_nothing_of_another(tmp_path: Path) -> None:
    conversations = OpenConversations(tmp_path)
    conversation = answered(conversations)
    for call in (
        lambda: conversations.reopened(BO, conversation.id, gone),
        lambda: conversations.rename(BO, conversation.id, "Mine"),
        lambda: conversations.delete(BO, conversation.id),
        lambda: conversations.markdown(BO, conversation.id, gone),
    ):
        with pytest.raises(NoConversation):
            call()
    assert conversations.listed(BO, 9, "kelp") == []
    assert [entry.title for entry in conversations.listed(ANN, 9, "kelp")] == ["Kelp"]
    conversations.hand_over(ANN, BO)
    assert conversations.reopened(BO, conversation.id, gone) is conversation
    conversation.rate(conversation.turns[0], "down")
    assert OpenConversations(tmp_path).reopened(BO, conversation.id, gone).turns[0].rating == "down"


def test_what_is_deleted_is_written_no_further(tmp_path: Path) -> None:
    conversations, assistant = OpenConversations(tmp_path), HoldingAssistant()
    conversation = conversations.new(ANN)
    turn = conversation.ask("What is kelp?", assistant)
    conversations.delete(ANN, conversation.id)
    assert turn.generation
    turn.generation.wait_until_over()
    assert (conversation.deleted, conversations.count(ANN)) == (True, 0)
    with pytest.raises(NoConversation):
        conversations.reopened(ANN, conversation.id, gone)


def test_without_a_usable_file_there_are_conversations_all_the_same(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 999)
    conversations = OpenConversations(tmp_path)
    assert conversations.problem.startswith("Conversations cannot be kept: ")
    conversation = answered(conversations)
    assert conversation.turns[0].written.text == "Kelp is brown. [1]"
    assert (conversation.id, conversations.listed(ANN, 9), conversations.count(ANN)) == ("", [], 0)
    with pytest.raises(ConversationsError):
        conversations.reopened(ANN, "x", gone)


def test_a_file_that_breaks_later_stops_nobody(tmp_path: Path) -> None:
    conversations = OpenConversations(tmp_path)
    conversation = answered(conversations)
    assert conversations.problem == ""
    conversations._file.close()  # type: ignore[union-attr]
    assistant = HoldingAssistant()
    conversation.ask("And dulse?", assistant)
    finish(conversation, assistant)
    assert [turn.written.text for turn in conversation.turns] == ["Kelp is brown. [1]"] * 2
    assert conversations.problem.startswith("Conversations cannot be kept: ")
