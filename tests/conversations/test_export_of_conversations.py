import re
from dataclasses import replace

import pytest
from kept_examples import ASKED, CITATION, DOUBTED, GIVEN

from rag.conversations.export import as_markdown
from rag.conversations.kept import KeptAnswer, KeptTurn
from rag.errors import LibraryError
from rag.types import Paper


def gone(identifier: str) -> Paper:
    raise LibraryError("There is no such paper.")


def test_markers_are_numbered_through_the_conversation() -> None:
    second = replace(
        GIVEN,
        text="Tides again [1], kelp again [3], and new [2].",
        citations=(
            replace(DOUBTED, marker=1),
            replace(CITATION, marker=3),
            replace(CITATION, marker=2, quote="It grows fast."),
        ),
    )
    text = as_markdown("Kelp", [replace(ASKED, given=GIVEN), KeptTurn("More?", given=second)], gone)
    assert "Kelp is **brown**. [1] It is tidal. [2][?]" in text
    assert "Tides again [2], kelp again [1], and new [3]." in text
    kelp = "[1] [3] Ann Bée\\, Bo (authors as known). **On kelp**. Oceans, 2021. <https://example.org/1>"
    assert f"{kelp}\n\n> [1] “Kelp is brown\\.”\n>\n> [3] “It grows fast\\.”\n\n[2] **On tides**\n\n> [2] " in text
    assert "The abstract does not say this; the nearest sentence is: “Tides come twice\\.”" in text
    assert text.startswith("# Kelp\n\n## Which is browner\\, 昆布 or dulse\\?\n\n")
    assert "follows a sentence that no abstract supports" in text


@pytest.mark.parametrize(
    ("complete", "authors"), [(True, "Ann Bée"), (False, "Ann Bée *et al.* (the list of authors is incomplete)")]
)
def test_a_list_of_authors_is_complete_where_the_library_says_so(complete: bool, authors: str) -> None:
    def find(identifier: str) -> Paper:
        return Paper(identifier, "On kelp", "Kelp is brown.", ("Ann Bée",), complete, 2021, "Oceans", None)

    assert f"[1] {authors}. **On kelp**" in as_markdown("Kelp", [replace(ASKED, given=GIVEN)], find)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (KeptAnswer(), "*Interrupted*"),
        (KeptAnswer("Kelp is", stopped=True), "Kelp is\n\n*Stopped*"),
        (KeptAnswer("Kelp", failure="It <went> away."), "Kelp\n\n*It \\<went\\> away\\.*"),
    ],
)
def test_it_is_said_how_an_answer_ended(given: KeptAnswer, said: str) -> None:
    assert said in as_markdown("Kelp", [KeptTurn("What?", given=given)], gone)


def test_nothing_in_the_file_is_active() -> None:
    hostile = (
        "![x](http://evil.example/a.png) [click](javascript:alert(1)) <img src=x> \\[a](http://evil.example) "
        "\\\\[b](http://evil.example) [1] [9] [1](javascript:alert(1)) [?](x) <http://evil.example>\n"
        "[1]: http://evil.example\n[c]: http://evil.example\n# Loud"
    )
    given = KeptAnswer(hostile, (replace(CITATION, title="[t](u) <b>", url="javascript:alert(1)"),))
    text = as_markdown("<b>[x](y)\nz", [KeptTurn("# <i>[q](r)", given=given)], gone)
    left = re.sub(r"\\.", "", text)
    assert re.findall(r"\[[^\]]*\]", left) == ["[1]"] * 3
    assert "<" not in left
    assert "\n### Loud" in text
    assert text.splitlines()[0] == "# \\<b\\>\\[x\\]\\(y\\) z"
