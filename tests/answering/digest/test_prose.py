"""What an author has written, in the words of language models that follow a script."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from digests import digest, filled, many
from scripted import Shown
from telling import Model, task, told

from rag.answering.digest import author
from rag.answering.llm.problems import ContextExceeded, CutOff
from rag.assistant import Assistant
from rag.errors import LanguageModelError
from rag.index.tokens import count_tokens
from rag.library.store import Library
from rag.types import Plan

REFUSED = LanguageModelError("The server refused the connection. Start it.")


def faithful(papers: list[Shown]) -> str:
    """Restates a sentence of every paper."""
    return " ".join(f"{paper.sentences[-1].rstrip('.')} [{paper.number}]." for paper in papers if paper.sentences)


def test_few_papers_are_told_at_once_where_the_window_is_large(seeds: Assistant) -> None:
    model = Model(faithful, context_window=16_000)
    found = digest(seeds.indexes, "Jiacheng Sun", model=model)
    assert len(found.cited) == 10 and found.outcome.model == "scripted" and found.outcome.problem is None
    assert found.text.startswith("Jiacheng Sun has 10 papers in this library")
    assert "Also:" not in found.text and "### Introduced by name" in found.text
    assert all(citation.supported for citation in found.citations)
    assert len(model.prompts) == 1
    [written] = found.outcome.written
    assert written in found.text and "in this library" not in written


def test_papers_are_told_under_their_themes_where_the_window_is_small(seeds: Assistant) -> None:
    model = Model(faithful, context_window=4000)
    found = digest(seeds.indexes, "Jiacheng Sun", model=model)
    assert len(found.cited) == 10 and "Also:" not in found.text
    headings = re.findall(r"^### (.+)$", found.text, re.MULTILINE)
    assert 1 < len(model.prompts) <= len(headings)
    for prompt, heading in zip(model.prompts, headings, strict=False):
        assert f"Sun on {heading.rpartition(' (')[0]}" in prompt.turns[-1].content or heading.startswith("Further")


def test_a_window_of_two_thousand_tokens(seeds: Assistant) -> None:
    model = Model(faithful, context_window=2048, max_output=512)
    found = digest(seeds.indexes, "Di He", model=model)
    assert len(found.cited) == 10 and found.outcome.problem is None
    for prompt in model.prompts:
        assert sum(map(count_tokens, [prompt.system, *(turn.content for turn in prompt.turns)])) <= 2048 - 512


def test_papers_that_no_sentence_cites_are_quoted(seeds: Assistant) -> None:
    found = digest(seeds.indexes, "Di He", model=Model(lambda papers: faithful(papers[:1])))
    assert len(found.cited) == 10 and found.outcome.model == "scripted"
    also = found.text.partition("Also:")[2]
    assert re.search(r"^- \*\*.+\*\*: .+ \[\d+\]$", also, re.MULTILINE)


def test_a_model_that_cites_nothing(seeds: Assistant) -> None:
    found = digest(seeds.indexes, "Di He", model=Model(lambda _: "These are all very good papers of great interest."))
    assert len(found.cited) == 10
    assert "Quoted from the abstracts instead" in found.text
    assert "No abstract supports" in (found.outcome.problem or "")


def test_a_model_that_cites_papers_there_are_not(seeds: Assistant) -> None:
    found = digest(seeds.indexes, "Di He", model=Model(lambda _: "The author won 99 medals in Ghent [77]."))
    assert len(found.cited) == 10 and found.outcome.unsupported


def test_strict_leaves_out_what_nothing_supports(seeds: Assistant) -> None:
    model = Model(lambda papers: "The author won 99 medals in Ghent [1].")
    found = digest(seeds.indexes, "Di He", model=model, strict=True)
    assert "Ghent" not in found.text and len(found.cited) == 10 and found.outcome.model == "extractive"


def test_a_failure_in_the_second_batch(seeds: Assistant) -> None:
    asked: list[int] = []

    def script(papers: list[Shown]) -> str | LanguageModelError:
        asked.append(len(papers))
        return REFUSED if len(asked) == 2 else faithful(papers)

    found = digest(seeds.indexes, "Jiacheng Sun", model=Model(script, max_output=256))
    assert len(asked) > 2 and len(found.cited) == 10
    assert found.outcome.problem == str(REFUSED) and found.outcome.model == "scripted"


def test_a_model_that_always_fails_is_not_asked_for_ever(seeds: Assistant) -> None:
    model = Model(lambda _: REFUSED, max_output=128)
    found = digest(seeds.indexes, "Di He", model=model)
    assert len(model.prompts) == 2
    assert len(found.cited) == 10 and found.outcome.model == "extractive" and found.outcome.problem == str(REFUSED)
    bold = re.findall(r"^- \*\*(.+?)\*\*", found.text, re.MULTILINE)
    assert len(bold) == len(set(bold)) == 10


@pytest.mark.parametrize("answer", ["CANNOT_ANSWER", "I cannot answer this, the papers do not mention it."])
def test_a_model_that_declines(seeds: Assistant, answer: str) -> None:
    found = digest(seeds.indexes, "Di He", model=Model(lambda _: answer))
    assert len(found.cited) == 10 and not found.outcome.refused and found.outcome.problem


def test_a_window_for_no_paper_at_all(seeds: Assistant) -> None:
    model = Model(faithful, context_window=512, max_output=128)
    found = digest(seeds.indexes, "Di He", model=model)
    assert model.prompts == [] and len(found.cited) == 10
    assert "RAG_LLM_CONTEXT_WINDOW" in (found.outcome.problem or "")


def test_a_window_that_is_smaller_than_it_says(seeds: Assistant) -> None:
    def script(papers: list[Shown]) -> str | LanguageModelError:
        length = sum(len("".join(paper.sentences)) for paper in papers)
        return ContextExceeded(None) if length > 3000 else faithful(papers)

    found = digest(seeds.indexes, "Di He", model=Model(script, context_window=32_000))
    assert len(found.cited) == 10 and found.outcome.problem is None


def test_what_the_model_can_read_is_found_out_once(seeds: Assistant) -> None:
    def script(papers: list[Shown]) -> str | LanguageModelError:
        return ContextExceeded(None) if len("".join(chain(*(p.sentences for p in papers)))) > 3000 else faithful(papers)

    model = Model(script, context_window=7000)
    found = digest(seeds.indexes, "Di He", model=model)
    assert len(found.cited) == 10 and found.outcome.problem is None
    assert len(model.prompts) <= 5


@pytest.mark.parametrize(("window", "most"), [(2048, 30), (128_000, 15)])
def test_five_hundred_papers(tmp_path: Path, window: int, most: int) -> None:
    library = Library(tmp_path)
    indexes = filled(library, many(500))
    model = Model(faithful, context_window=window, max_output=window // 4)
    found = digest(indexes, "Orla Fenwick", model=model)
    library.close()
    assert len(found.cited) == 500 and found.outcome.problem is None
    assert 2 < len(model.prompts) <= most
    assert len(found.outcome.written) == len(model.prompts)
    for prompt in model.prompts:
        assert sum(map(count_tokens, [prompt.system, *(turn.content for turn in prompt.turns)])) <= window * 3 // 4


def test_an_answer_that_was_cut_is_kept(invented: Assistant) -> None:
    class Cut(Model):
        def stream(self, prompt, stopping):  # type: ignore[no-untyped-def]
            yield from super().stream(prompt, stopping)
            raise CutOff("Cut at 512 tokens. Raise RAG_LLM_MAX_OUTPUT.")

    found = digest(invented.indexes, "Bo He", model=Cut(lambda papers: faithful(papers[:1])))
    assert found.cited == ["inv:11", "inv:5", "inv:6"]
    assert "Also:" in found.text and "Cut at" in (found.outcome.problem or "")


def test_stopping_ends_it(seeds: Assistant) -> None:
    model = Model(faithful)
    asked = task(seeds.indexes, Plan("What has Di He worked on?", "author", people=("Di He",)), model)

    def script(papers: list[Shown]) -> str:
        asked.stopping.set()
        return faithful(papers)

    model.script = script
    found = told(asked, author.write)
    assert len(model.prompts) == 1 and "Introduced by name" not in found.text


def test_one_paper_needs_no_model(invented: Assistant) -> None:
    model = Model(faithful)
    found = digest(invented.indexes, "D. Okafor", model=model)
    assert found.cited == ["inv:12"] and model.prompts == []
