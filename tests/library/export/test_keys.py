"""Citation keys."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library.export.keys import citation_keys
from rag.types import Paper


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Paper("1", "Visualizing Data", authors=("Laurens van der Maaten",), year=2008), "vandermaaten2008visualizing"),
        (Paper("1", "On the Tides", authors=("Şebnem Öztürk-Łoś",), year=1999), "ozturklos1999tides"),
        (Paper("1", "The The", authors=("Martin Luther King Jr.",)), "kingndthe"),
        (Paper("1", "3D Maps", authors=("ATLAS Collaboration",), year=2020), "atlascollaboration20203d"),
        (Paper("1", "Über Wellen"), "anonymousnduber"),
    ],
)
def test_keys(paper: Paper, key: str) -> None:
    assert citation_keys([paper]) == [key]


def test_a_name_or_title_in_another_script_gets_digits() -> None:
    [key] = citation_keys([Paper("1", "山の歌", authors=("山田太郎",), year=2020)])
    assert key.startswith("paper2020-")
    assert len(key) == len("paper2020-") + 6


def test_papers_of_one_key_all_get_digits_of_their_own() -> None:
    twins = [Paper(str(n), f"Tides {n}", authors=("Ada Roux",), year=2020) for n in range(3)]
    other = Paper("9", "Winds", authors=("Ada Roux",), year=2020)
    keys = citation_keys([*twins, other])
    assert len(set(keys)) == 4
    assert all(key.startswith("roux2020tides-") for key in keys[:3])
    assert keys[3] == "roux2020winds"


@given(
    st.lists(
        st.tuples(st.sampled_from(["Tides", "Winds", "山"]), st.sampled_from(["Ada Roux", "李四", "Bo Li"])), max_size=8
    ),
    st.randoms(use_true_random=False),
)
def test_keys_are_unique_and_do_not_depend_on_the_order(told: list[tuple[str, str]], chance: random.Random) -> None:
    papers = [Paper(f"x:{n}", title, authors=(author,), year=2020) for n, (title, author) in enumerate(told)]
    keys = dict(zip(papers, citation_keys(papers), strict=True))
    assert len(set(keys.values())) == len(papers)
    chance.shuffle(papers)
    assert [keys[paper] for paper in papers] == citation_keys(papers)
