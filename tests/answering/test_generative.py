"""Answers by a language model, with models that follow a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from itertools import count
from threading import Event

import pytest

from rag.answering import engine
from rag.answering.generative import declines
from rag.answering.instructions import CANNOT_ANSWER
from rag.answering.llm.problems import ContextExceeded, CutOff
from rag.answering.stream import AnswerStream
from rag.answering.task import Means
from rag.assistant import Assistant
from rag.errors import LanguageModelError
from rag.index.tokens import count_tokens
from rag.library.revision import Revision
from rag.types import EVERYTHING, Answer, Message, Prompt

REFUSED = LanguageModelError("The server refused the connection. Start it.")


@dataclass
class FakeModel:
    """Gives `text` in pieces of three characters, then fails with `failure` if there is one."""

    text: str | Callable[[Prompt], str] = ""
    failure: LanguageModelError | None = None
    context_window: int = 4096
    max_output: int = 512
    name: str = "fake"
    address: str = "http://localhost:1/v1"
    temperature: float | None = 0.0
    seed: int | None = 7
    prompts: list[Prompt] = field(default_factory=list)
    closed: int = 0

    def stream(self, prompt: Prompt, stopping: Event) -> Generator[str, None, None]:
        self.prompts.append(prompt)
        text = self.text if isinstance(self.text, str) else self.text(prompt)
        try:
            for at in range(0, len(text), 3):
                if stopping.is_set():
                    return
                yield text[at : at + 3]
            if self.failure:
                raise self.failure
        finally:
            self.closed += 1

    def complete(self, prompt: Prompt, max_tokens: int, seconds: float, stopping: Event) -> str:
        raise REFUSED


def asked(
    library: Assistant, model: FakeModel, question: str, history: Iterable[Message] = (), *, strict: bool = False
) -> AnswerStream:
    means = Means(library.indexes, Revision(library.library), model, strict=strict)  # type: ignore[arg-type]
    return engine.answer(means, question, tuple(history), EVERYTHING)


def answered(library: Assistant, model: FakeModel, question: str, *, strict: bool = False) -> Answer:
    stream = asked(library, model, question, strict=strict)
    pieces = list(stream)
    assert "".join(pieces) == stream.answer.answer
    marked = {int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", stream.answer.answer)}
    assert marked == {citation.marker for citation in stream.answer.citations}
    return stream.answer


def test_a_supported_answer(invented: Assistant) -> None:
    answer = answered(
        invented,
        FakeModel("KelpNet reaches a mean absolute error of 2.7 fronds per image [1]."),
        "What error does KelpNet reach?",
    )
    (citation,) = answer.citations
    assert citation.supported
    assert "2.7" in citation.quote
    assert answer.model == "fake" and not answer.refused and answer.problem is None and answer.unsupported == ()


def test_another_number_is_marked(invented: Assistant) -> None:
    text = "KelpNet counts canopy fronds in images [1]. It reaches a mean absolute error of 2.9 fronds per image [1]."
    answer = answered(invented, FakeModel(text), "What error does KelpNet reach?")
    assert [citation.supported for citation in answer.citations] == [True, False]
    assert answer.answer.endswith("[2]. [?]")
    assert answer.unsupported == ("It reaches a mean absolute error of 2.9 fronds per image.",)
    assert answer.problem is None


@pytest.mark.parametrize("text", ["KelpNet won 99 medals [1].", "Which of the two do you mean?"])
def test_an_answer_of_which_nothing_is_supported_is_followed_by_quotations(invented: Assistant, text: str) -> None:
    answer = answered(invented, FakeModel(text), "What error does KelpNet reach?")
    written, _, quoted = answer.answer.partition("Quoted from the abstracts instead")
    assert text.split(" [")[0] in written and "2.7" in quoted
    assert answer.model == "fake" and "No abstract supports" in (answer.problem or "")


def test_a_named_paper_that_the_model_leaves_out_is_quoted(invented: Assistant) -> None:
    text = "KelpNet reaches a mean absolute error of 2.7 fronds per image [1]."
    answer = answered(invented, FakeModel(text), "What errors do KelpNet and TMT reach?")
    written, _, also = answer.answer.partition("\n\nAlso:\n\n")
    assert answer.written == (written,) and "TMT" not in written
    assert also.startswith("- **Tidal Memory Transformers") and "0.31" in also


def test_strict_leaves_it_out(invented: Assistant) -> None:
    text = "KelpNet reaches an error of 2.9 fronds per image [1]. It reaches an error of 2.7 fronds per image [1]."
    answer = answered(invented, FakeModel(text), "What error does KelpNet reach?", strict=True)
    assert "2.9" not in answer.answer and "2.7" in answer.answer and "[?]" not in answer.answer


def test_strict_with_nothing_left_quotes(invented: Assistant) -> None:
    answer = answered(invented, FakeModel("KelpNet wins 99 medals [1]."), "What error does KelpNet reach?", strict=True)
    assert "99" not in answer.answer and "2.7" in answer.answer
    assert answer.model == "extractive" and answer.problem


def test_a_refusal_before_the_model_is_asked(invented: Assistant) -> None:
    model = FakeModel("Nonsense [1].")
    answer = answered(invented, model, "Who won the 2018 football World Cup?")
    assert answer.refused and answer.citations == () and model.prompts == []


@pytest.mark.parametrize(
    "word", [CANNOT_ANSWER, f" {CANNOT_ANSWER}.", "Cannot answer", f"**{CANNOT_ANSWER}** because", f"[{CANNOT_ANSWER}]"]
)
def test_a_model_that_cannot_answer(invented: Assistant, word: str) -> None:
    model = FakeModel(word)
    answer = answered(invented, model, "What error does KelpNet reach?")
    assert answer.refused and answer.citations == () and answer.model == "fake"
    assert "KelpNet" in answer.answer.partition("nearest papers")[2]
    assert model.closed == 1


def test_a_model_that_declines_in_its_own_words(invented: Assistant) -> None:
    answer = answered(invented, FakeModel("The papers do not mention that."), "What error does KelpNet reach?")
    assert answer.refused and answer.citations == () and "[?]" not in answer.answer
    assert "nearest papers" in answer.answer


@pytest.mark.parametrize(
    "text",
    [
        "The abstracts do not state the learning rate.",
        "None of the papers in this library can tell; I cannot answer this question.",
        "There is no information about the batch size.",
        "No paper of the library mentions it.",
        "The learning rate is not specified in the abstract.",
        "I'm sorry, but the provided context doesn't contain that.",
    ],
)
def test_declining(text: str) -> None:
    assert declines(text, "")


@pytest.mark.parametrize(
    "text",
    [
        "The paper does not need labels.",
        "The abstract does not mention more than 93.2% accuracy.",
        "Its sources do not run dry.",
        "No abstract concept is learnt.",
        "The method cannot be trained on text.",
    ],
)
def test_claims_that_decline_nothing(text: str) -> None:
    assert not declines(text, "")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The abstract does not say so, but KelpNet reaches an error of 9.9 fronds. KelpNet counts fronds [1].", True),
        ("KelpNet counts canopy fronds [1]. No information is given on the gain of 45% over divers.", True),
        ("KelpNet counts canopy fronds [1]. The papers do not mention an error at 5 metres.", False),
    ],
)
def test_what_the_papers_do_not_say_has_no_number_of_its_own(invented: Assistant, text: str, marked: bool) -> None:
    answer = answered(invented, FakeModel(text), "What error does KelpNet reach at 5 metres of depth?")
    assert bool(answer.unsupported) == ("[?]" in answer.answer) == marked


def test_a_number_of_the_question_may_be_declined(invented: Assistant) -> None:
    answer = answered(
        invented,
        FakeModel("The papers report no error, they do not mention 9 metres."),
        "What is KelpNet's error at 9 metres?",
    )
    assert answer.refused and "[?]" not in answer.answer


def test_the_word_for_no_answer_may_come_late(invented: Assistant) -> None:
    answer = answered(invented, FakeModel(f"I am sorry, {CANNOT_ANSWER}."), "What error does KelpNet reach?")
    assert answer.refused and answer.unsupported == () and "nearest papers" in answer.answer


def test_an_answer_without_the_amount_that_was_asked_for_is_followed_by_quotations(invented: Assistant) -> None:
    text = "KelpNet counts canopy fronds in images taken by drifting buoys [1]."
    answer = answered(invented, FakeModel(text), "What error does KelpNet reach?")
    assert answer.citations[0].supported and "2.7" in answer.answer.partition("Quoted")[2]
    assert "does not say how much" in (answer.problem or "")
    assert answered(invented, FakeModel(text), "What is KelpNet?").problem is None


def test_a_failure_before_the_first_word_is_answered_by_quoting(invented: Assistant) -> None:
    answer = answered(invented, FakeModel(failure=REFUSED), "What error does KelpNet reach?")
    assert answer.problem == str(REFUSED)
    assert answer.model == "extractive" and "2.7" in answer.answer and answer.citations


def test_a_failure_in_mid_answer_keeps_what_was_written(invented: Assistant) -> None:
    model = FakeModel("KelpNet counts canopy fronds in images [1]. It is al", REFUSED)
    answer = answered(invented, model, "What error does KelpNet reach?")
    written, _, quoted = answer.answer.partition("Quoted from the abstracts instead")
    assert "KelpNet counts canopy fronds in images" in written and "It is al" in written
    assert "2.7" in quoted
    assert answer.problem == str(REFUSED) and answer.model == "fake"


def test_an_answer_cut_at_its_longest_is_kept_as_it_is(invented: Assistant) -> None:
    model = FakeModel(
        "KelpNet reaches a mean absolute error of 2.7 fronds per image [1]. And",
        CutOff("Cut at 512 tokens. Raise RAG_LLM_MAX_OUTPUT."),
    )
    answer = answered(invented, model, "What error does KelpNet reach?")
    assert answer.problem and "Quoted" not in answer.answer


def test_a_smaller_prompt_where_the_context_is_exceeded(invented: Assistant) -> None:
    def limited(prompt: Prompt) -> str:
        if sum(count_tokens(turn.content) for turn in prompt.turns) > 150:
            raise ContextExceeded(None)
        return "KelpNet reaches a mean absolute error of 2.7 fronds per image [1]."

    model = FakeModel(limited, context_window=1200)
    answer = answered(invented, model, "What error does KelpNet reach?")
    assert answer.problem is None and len(model.prompts) > 1


def test_a_model_that_reads_nothing(invented: Assistant) -> None:
    answer = answered(invented, FakeModel(failure=ContextExceeded(None)), "What error does KelpNet reach?")
    assert "RAG_LLM_CONTEXT_WINDOW" in (answer.problem or "") and "2.7" in answer.answer


def test_a_model_with_no_room_for_a_paper_is_not_asked(invented: Assistant) -> None:
    model = FakeModel("Nonsense.", context_window=512, max_output=128)
    answer = answered(invented, model, "What error does KelpNet reach?")
    assert model.prompts == [] and "RAG_LLM_CONTEXT_WINDOW" in (answer.problem or "")
    assert answer.model == "extractive" and "2.7" in answer.answer


def test_stop_ends_the_model_and_keeps_what_there_is(invented: Assistant) -> None:
    model = FakeModel(lambda prompt: "KelpNet counts canopy fronds in images [1]. " * 10_000)
    stream = asked(invented, model, "What error does KelpNet reach?")
    for place in count():
        next(stream)
        if place == 5:
            stream.stop()
            break
    answer = stream.answer
    assert model.closed == 1
    assert 0 < len(answer.answer) < 500 and answer.problem is None and answer.model == "fake"


def test_the_same_question_gives_the_same_answer_and_tells_what_made_it(invented: Assistant) -> None:
    model = FakeModel("KelpNet reaches a mean absolute error of 2.7 fronds per image [1].")
    first = answered(invented, model, "What error does KelpNet reach?")
    assert answered(invented, model, "What error does KelpNet reach?") == first
    assert model.prompts[0] == model.prompts[1]
    made = first.provenance
    assert made and made.address == "http://localhost:1/v1" and made.temperature == 0 and made.seed is not None
    assert re.fullmatch(r"[0-9a-f]{12}", made.library_revision) and made.program.startswith("rag ")
    quoting = invented.ask("What error does KelpNet reach?").answer.provenance
    assert quoting and quoting.library_revision == made.library_revision and quoting.address == ""
