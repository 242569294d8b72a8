from rag.types import Answer, Message
from rag.ui.conversation import Conversation


def answered(text: str, *, refused: bool = False, model: str = "extractive") -> Answer:
    return Answer("q", "q", "fact", text, refused, (), model)


def test_history_holds_what_was_said_and_leaves_out_unanswered_questions() -> None:
    conversation = Conversation()
    conversation.ask("First?").text = "One [1]."
    conversation.ask("Second?").failure = "The endpoint does not answer."
    assert conversation.history() == (Message("user", "First?"), Message("assistant", "One [1]."))


def test_an_interrupted_answer_is_kept_as_far_as_it_came() -> None:
    conversation = Conversation()
    conversation.ask("First?").text = "One and"
    assert conversation.history()[1].content == "One and"


def test_turn_ids_are_not_used_again_in_a_new_chat() -> None:
    conversation = Conversation()
    first = conversation.ask("First?")
    conversation.clear()
    assert conversation.turns == []
    assert conversation.ask("Second?").id != first.id


def test_refused_and_generated_answers_are_not_extractive() -> None:
    turn = Conversation().ask("First?")
    assert not turn.extractive
    assert not turn.refused
    turn.answer = answered("Nothing.", refused=True)
    assert turn.refused
    assert not turn.extractive
    turn.answer = answered("Prose.", model="a-model")
    assert not turn.extractive
    turn.answer = answered("Quoted.")
    assert turn.extractive
