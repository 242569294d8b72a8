"""Comparisons whose prose a language model writes."""

from __future__ import annotations

import pytest
from telling import Model, task, told

from rag.answering.comparison.writer import write
from rag.answering.instructions import CANNOT_ANSWER
from rag.answering.task import EXTRACTIVE, Outcome
from rag.assistant import Assistant
from rag.errors import LanguageModelError
from rag.index.tokens import count_tokens
from rag.types import Citation, Plan
from tests.answering.comparison.papers import EIGHT

KELP = "KelpNet counts canopy fronds in images taken by drifting buoys [1]."
POLLEN = "PollenGAN synthesises grains of rare species from those of common ones [2]."
REFUSED = LanguageModelError("The server refused the connection. Start it.")


def scripted(text: str = "", failure: LanguageModelError | None = None, context_window: int = 4096) -> Model:
    """Gives the text, then fails if there is a failure."""
    return Model(lambda _: text, failure, context_window, max_output=512)


def answered(assistant: Assistant, model: Model, *subjects: str) -> tuple[str, Outcome, tuple[Citation, ...]]:
    plan = Plan(f"Compare {' and '.join(subjects)}.", "compare", subjects=subjects)
    found = told(task(assistant.indexes, plan, model), write)
    return found.text, found.outcome, found.citations


def test_the_prose_is_the_models_and_the_table_quoted(invented: Assistant) -> None:
    text, outcome, citations = answered(invented, scripted(f"{KELP} {POLLEN}"), "KelpNet", "PollenGAN")
    assert outcome.model == "scripted"
    assert outcome.problem is None
    assert outcome.table is not None
    assert text.index("| **KelpNet") < text.index("KelpNet counts canopy fronds in images")
    assert "What they share" not in text
    assert {citation.paper_id for citation in citations} == {"inv:1", "inv:9"}


def test_a_side_that_the_window_has_no_room_for_is_quoted_and_named(invented: Assistant) -> None:
    names = ("KelpNet", "TMT", "Lichen-SLAM", "PollenGAN")
    model = scripted(KELP, context_window=1150)
    text, outcome, citations = answered(invented, model, *names)
    assert "\n\n**Also, from the abstracts (there was no room for " in text
    assert "PollenGAN in the language model's context window):**\n\n- **" in text
    assert outcome.written and all(passage in text for passage in outcome.written)
    assert len({citation.paper_id for citation in citations}) == 4


def test_a_side_that_the_model_forgets_is_quoted(invented: Assistant) -> None:
    text, outcome, _ = answered(invented, scripted(KELP), "KelpNet", "PollenGAN")
    assert outcome.problem is None
    assert "**Also, from the abstracts:**\n\n- **PollenGAN**: PollenGAN synthesises" in text


def test_what_no_abstract_supports_is_marked_and_quotations_follow(invented: Assistant) -> None:
    text, outcome, _ = answered(invented, scripted("KelpNet flies to the moon on 99 balloons [1]."), "KelpNet", "TMT")
    assert "[?]" in text
    assert outcome.unsupported
    assert "**Where they differ**" in text
    assert outcome.problem is not None


@pytest.mark.parametrize("model", [scripted(CANNOT_ANSWER), scripted(failure=REFUSED), scripted("")])
def test_a_model_that_does_not_write_leaves_the_quotations(invented: Assistant, model: Model) -> None:
    text, outcome, citations = answered(invented, model, "KelpNet", "TMT")
    assert (outcome.model, outcome.refused) == (EXTRACTIVE, False)
    assert outcome.problem
    assert "**Where they differ**" in text
    assert {citation.paper_id for citation in citations} == {"inv:1", "inv:2"}


def test_what_was_written_before_a_failure_stays(invented: Assistant) -> None:
    text, outcome, _ = answered(invented, scripted(KELP, REFUSED), "KelpNet", "TMT")
    assert "KelpNet counts canopy fronds in images" in text
    assert "Quoted from the abstracts instead" in text
    assert outcome.problem == str(REFUSED)


def test_a_small_window_holds_what_it_can(invented: Assistant) -> None:
    model = scripted(KELP, context_window=2048)
    _, outcome, citations = answered(invented, model, *EIGHT)
    [prompt] = model.prompts
    assert count_tokens(prompt.system + "".join(turn.content for turn in prompt.turns)) <= 2048 - 512
    assert len({citation.paper_id for citation in citations}) == 8
    assert outcome.table is not None
    assert len(outcome.table.rows) == 8
