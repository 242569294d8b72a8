from scripted_stream import HoldingAssistant

from rag.types import Answer, Message
from rag.ui.chat.conversation import Conversation, Turn, history
from rag.ui.chat.generation import Written


def answered(text: str, *, refused: bool = False, model: str = "extractive") -> Written:
    return Written(text, answer=Answer("q", "q", "fact", text, refused, (), model))


def test_history_holds_what_was_said_and_leaves_out_unanswered_questions() -> None:
    turns = [
        Turn(1, "First?", kept=answered("One [1].")),
        Turn(2, "Second?", kept=Written(failure="The endpoint does not answer.")),
        Turn(3, "Third?", kept=Written("Three and", stopped=True)),
    ]
    assert history(turns) == (
        Message("user", "First?"),
        Message("assistant", "One [1]."),
        Message("user", "Third?"),
        Message("assistant", "Three and"),
    )


def test_turn_ids_are_not_used_again_in_another_conversation() -> None:
    conversations = [Conversation(), Conversation()]
    first, second = (conversation.ask("First?", HoldingAssistant()) for conversation in conversations)
    assert second.id != first.id
    for conversation in conversations:
        conversation.stop()


def test_refused_and_generated_answers_are_not_extractive() -> None:
    unanswered, refused = Written(), answered("Nothing.", refused=True)
    assert (unanswered.extractive, unanswered.refused) == (False, False)
    assert (refused.extractive, refused.refused) == (False, True)
    assert not answered("Prose.", model="a-model").extractive
    assert answered("Quoted.").extractive
