import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies
from kept_examples import ANSWER, ASKED, FILTERS, GIVEN, VISITOR

from rag.conversations import fields
from rag.conversations.kept import KeptAnswer, KeptTurn
from rag.conversations.schema import FILE
from rag.conversations.store import Conversations, new_id
from rag.errors import ConversationsError, NoConversation
from rag.types import Answer, Filters

OTHER = "browser:bo"


@pytest.fixture
def file(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path)


def kept(file: Conversations, question: str = "What is kelp?", text: str = "") -> str:
    identifier = new_id()
    key = file.keep_question(VISITOR, identifier, KeptTurn(question))
    if text:
        file.keep_answer(VISITOR, identifier, key, KeptAnswer(text))
    return identifier


def test_a_turn_comes_back_as_it_was(file: Conversations, tmp_path: Path) -> None:
    identifier = new_id()
    key = file.keep_question(VISITOR, identifier, ASKED)
    file.keep_answer(VISITOR, identifier, key, GIVEN)
    file.rate(VISITOR, identifier, key, "down")
    file.close()
    (turn,) = Conversations(tmp_path).turns(VISITOR, identifier)
    assert turn == KeptTurn(ASKED.question, FILTERS, ASKED.dropped, GIVEN, "down", key)
    assert turn.given.answer == ANSWER


def test_a_question_is_there_before_its_answer(file: Conversations, tmp_path: Path) -> None:
    identifier = kept(file)
    (turn,) = Conversations(tmp_path).turns(VISITOR, identifier)
    assert (turn.question, turn.given) == ("What is kelp?", KeptAnswer())


@examples(strategies.text())
def test_any_text_of_an_answer_comes_back(text: str) -> None:
    answer = Answer(text, text, "fact", text, False, (), text, (text,), text)
    assert fields.answer(fields.written(answer)) == answer


def test_half_characters_are_kept_as_question_marks(file: Conversations) -> None:
    identifier = kept(file, "What is \ud83d?", "It is \udc00.")
    (turn,) = file.turns(VISITOR, identifier)
    assert (turn.question, turn.given.text) == ("What is ??", "It is ?.")


def test_what_a_later_version_adds_is_passed_over() -> None:
    values = json.loads(fields.written(ANSWER)) | {"mood": "glad"}
    values["citations"][0]["page"] = 7
    values["plan"]["filters"]["countries"] = ["Iceland"]
    assert fields.answer(json.dumps(values)) == ANSWER
    values["plan"]["kind"] = "poem"
    read = fields.answer(json.dumps(values))
    assert (read.plan, read.table, read.citations) == (None, ANSWER.table, ANSWER.citations)


def test_filters_are_read_whole_or_not_at_all() -> None:
    assert fields.filters('{"venue": "Oceans", "countries": []}') == Filters(venue="Oceans")
    for strange in ('{"authors": 7, "venue": "Oceans"}', '{"venue": "Oceans", "countries": ["Iceland"]}', '"none"', ""):
        with pytest.raises(ValueError):
            fields.filters(strange)


@pytest.mark.parametrize("column", ["filters", "dropped"])
@pytest.mark.parametrize("damage", ["", "{", "7", '{"authors": 7}', '[["kind"]]'])
def test_a_turn_whose_conditions_cannot_be_read_is_still_there(
    file: Conversations, tmp_path: Path, column: str, damage: str
) -> None:
    identifier = kept(file, text="Kelp is brown.")
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute(f"UPDATE turns SET {column} = ?", (damage,))
    (turn,) = file.turns(VISITOR, identifier)
    assert (turn.question, turn.given.text, turn.repeatable) == ("What is kelp?", "Kelp is brown.", False)


def test_an_answer_that_cannot_be_read_says_so_and_keeps_its_text(file: Conversations, tmp_path: Path) -> None:
    identifier = kept(file, text="Kelp is brown.")
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("UPDATE turns SET answer = '{\"mood\": 1}'")
    (turn,) = file.turns(VISITOR, identifier)
    assert (turn.given.text, turn.given.answer, turn.given.failure) == ("Kelp is brown.", None, fields.UNREADABLE)


def test_a_question_takes_the_place_of_another(file: Conversations) -> None:
    identifier = new_id()
    keys = [file.keep_question(VISITOR, identifier, KeptTurn(question)) for question in ("One?", "Two?", "Three?")]
    again = file.keep_question(VISITOR, identifier, KeptTurn("Third?"), instead_of=keys[2])
    file.keep_answer(VISITOR, identifier, keys[2], KeptAnswer("Too late."))
    assert [turn.question for turn in file.turns(VISITOR, identifier)] == ["One?", "Two?", "Third?"]
    assert again not in keys
    assert file.entry(VISITOR, identifier).title == "One"


def test_titles_come_from_the_question_then_the_plan_and_stay_once_given(file: Conversations) -> None:
    identifier = new_id()
    key = file.keep_question(VISITOR, identifier, KeptTurn("What is the colour of kelp?"))
    assert file.entry(VISITOR, identifier).title == "Colour of kelp"
    file.keep_answer(VISITOR, identifier, key, GIVEN)
    assert file.entry(VISITOR, identifier).title == "KelpNet and TMT"
    file.rename(VISITOR, identifier, "  My\nkelp ")
    file.rename(VISITOR, identifier, "   ")
    file.keep_answer(VISITOR, identifier, key, GIVEN)
    file.keep_question(VISITOR, identifier, KeptTurn("And dulse?"), instead_of=key)
    assert file.entry(VISITOR, identifier).title == "My kelp"


def test_visitors_are_apart(file: Conversations) -> None:
    identifier = kept(file, text="Kelp is brown.")
    (turn,) = file.turns(VISITOR, identifier)
    assert (file.listed(OTHER, 9), file.listed(OTHER, 9, "kelp"), file.count(OTHER)) == ([], [], 0)
    for call in (
        lambda: file.turns(OTHER, identifier),
        lambda: file.entry(OTHER, identifier),
        lambda: file.rename(OTHER, identifier, "Mine"),
        lambda: file.delete(OTHER, identifier),
        lambda: file.keep_question(OTHER, identifier, KeptTurn("Mine?")),
        lambda: file.turns(VISITOR, "no such id"),
    ):
        with pytest.raises(NoConversation):
            call()
    file.rate(OTHER, identifier, turn.key, "up")
    file.keep_answer(OTHER, identifier, turn.key, KeptAnswer("Mine."))
    assert file.turns(VISITOR, identifier) == [turn]
    file.hand_over(VISITOR, OTHER)
    assert file.turns(OTHER, identifier) == [turn]
    assert file.count(VISITOR) == 0


def test_a_deleted_conversation_is_gone_with_its_turns(file: Conversations, tmp_path: Path) -> None:
    identifier, other = kept(file), kept(file)
    file.delete(VISITOR, identifier)
    assert [entry.id for entry in file.listed(VISITOR, 9)] == [other]
    with sqlite3.connect(tmp_path / FILE) as reader:
        assert reader.execute("SELECT count(*) FROM turns").fetchone() == (1,)


def test_the_newest_come_first(file: Conversations) -> None:
    first, second, third = (kept(file, f"{name}?") for name in ("One", "Two", "Three"))
    file.keep_question(VISITOR, first, KeptTurn("More?"))
    assert [entry.id for entry in file.listed(VISITOR, 2)] == [first, third]
    assert second in {entry.id for entry in file.listed(VISITOR, 9)}


@pytest.mark.parametrize("query", ["brown KELP", "CAFÉ", "cafe", "100%", "_x", "weiss", "colour", ""])
def test_words_of_titles_questions_and_answers_are_found(file: Conversations, query: str) -> None:
    identifier = kept(file, "What colour is kelp at the café?", "It is 100% brown_x and Weiß.")
    assert [entry.id for entry in file.listed(VISITOR, 9, query)] == [identifier]


@pytest.mark.parametrize("query", ["%", "_", "a%", "brown dulse", "' OR 1", "\ud83d"])
def test_only_what_is_said_is_found(file: Conversations, query: str) -> None:
    kept(file, "Is kelp brown", "Yes")
    assert file.listed(VISITOR, 9, query) == []


def test_a_damaged_file_is_said_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 999)
    with pytest.raises(ConversationsError, match=r"Conversations cannot be kept: .*Move the file elsewhere"):
        Conversations(tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"no database" * 999


def test_a_file_of_a_later_version_is_left_alone(file: Conversations, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(ConversationsError, match="later version"):
        Conversations(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(ConversationsError, match="Make its folder writable"):
        Conversations(tmp_path / "taken" / "library")


KILLED = """
import sys, time
from pathlib import Path
from rag.conversations.kept import KeptAnswer, KeptTurn
from rag.conversations.store import Conversations
file = Conversations(Path(sys.argv[1]))
for number in range(100_000):
    key = file.keep_question("v", f"c{number % 7}", KeptTurn(f"Question {number}?"))
    print("asked", number, flush=True)
    file.keep_answer("v", f"c{number % 7}", key, KeptAnswer(f"Answer {number}."))
    print("answered", number, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(41)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read().splitlines()
    file = Conversations(tmp_path)
    turns = {turn.question: turn.given.text for number in range(7) for turn in file.turns("v", f"c{number}")}
    for line in filter(str.strip, said):
        done, number = line.split()
        if number.isdecimal():
            assert f"Question {number}?" in turns
            assert done == "asked" or turns[f"Question {number}?"] == f"Answer {number}."


def test_a_search_of_any_length_is_no_failure(file: Conversations) -> None:
    assert file.listed(VISITOR, 9, " ".join(f"word{number}" for number in range(5000))) == []
