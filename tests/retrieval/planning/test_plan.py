"""What is asked for, and of whose papers."""

from __future__ import annotations

import pytest

from rag.assistant import Assistant
from rag.retrieval.planning.full_names import named_authors
from rag.retrieval.planning.plan import plan
from rag.retrieval.question import content_terms
from rag.types import EVERYTHING, Filters


@pytest.mark.parametrize(
    ("question", "authors"),
    [
        ("What has Orla Wen worked on?", ("Orla Wen",)),
        ("What has O. Wen worked on?", ("O. Wen",)),
        ("What did Wen, Orla publish?", ("Wen, Orla",)),
        ("Summarise Orla Wen's work", ("Orla Wen",)),
        ("Summarise Orla Wen’s work", ("Orla Wen",)),
        ("work of Lise van der Moor", ("Lise van der Moor",)),
        ("papers by Bo He", ("Bo He",)),
        ("papers by He Bo", ("He Bo",)),
        ("papers by He, Bo", ("He, Bo",)),
        ("papers by B. He.", ("B. He.",)),
        ("what did mateo brandt do?", ("mateo brandt",)),
        ("Orla Wen and Mateo Brandt", ("Orla Wen", "Mateo Brandt")),
        ("Did Priya Nakamura-Holt write it?", ("Priya Nakamura-Holt",)),
        ("Orla Wen or Orla Wen?", ("Orla Wen",)),
        ("What has Ada Lovelace worked on?", ()),
        ("What has Wen worked on?", ()),
        ("What can he do?", ()),
        ("Is a wen a cyst?", ()),
        ("What is an anker?", ()),
        ("", ()),
    ],
)
def test_authors_named(invented: Assistant, question: str, authors: tuple[str, ...]) -> None:
    found, rest = named_authors(invented.library, question)
    assert found == authors
    assert not {"wen", "brandt", "nakamura", "moor"} & set(content_terms(rest)) or not authors


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What has Orla Wen worked on?", "author"),
        ("List all papers by Orla Wen", "list"),
        ("Who is Orla Wen?", "author"),
        ("What have Orla Wen and Mateo Brandt written together?", "list"),
        ("Summarize the contributions of D. Okafor", "author"),
        ("What has Orla Wen found out about kelp?", "author"),
        ("Which papers by Orla Wen are about kelp?", "list"),
        ("Which papers are about language models?", "list"),
        ("List the studies of snow", "list"),
        ("Are there any papers on knots?", "list"),
        ("Compare KelpNet and PollenGAN", "compare"),
        ("What is the difference between TMT and Fungal Graphs?", "compare"),
        ("How does KelpNet differ from PollenGAN?", "compare"),
        ("KelpNet vs. PollenGAN", "compare"),
        ("What do KelpNet and PollenGAN have in common?", "compare"),
        ("Are there similarities between TMT and Fungal Graphs?", "compare"),
        ("How many different bays are there?", "fact"),
        ("What is temporal difference learning?", "fact"),
        ("What is contrastive divergence?", "fact"),
        ("What error does KelpNet reach?", "fact"),
        ("papers", "fact"),
        ("", "fact"),
    ],
)
def test_kinds(invented: Assistant, question: str, kind: str) -> None:
    assert plan(invented.library, question, EVERYTHING).kind == kind


def test_authors_are_added_to_the_filters_and_taken_out_of_the_question(invented: Assistant) -> None:
    given = Filters(authors=("Tobias Anker",), venue="Oceans", years=(2020, None))
    planned = plan(invented.library, "What does Orla Wen say of drones?", given)
    assert planned.filters == Filters(("Tobias Anker", "Orla Wen"), "Oceans", (2020, None))
    assert content_terms(planned.question) == ["drone"]


def test_a_question_without_authors_stays_as_it_is(invented: Assistant) -> None:
    planned = plan(invented.library, "What is KelpNet?", EVERYTHING)
    assert (planned.question, planned.filters) == ("What is KelpNet?", EVERYTHING)
