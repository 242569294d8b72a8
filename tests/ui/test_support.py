import pytest

from rag.types import Answer
from rag.ui.chat import support


def answer(text: str, *unsupported: str, model: str = "tern", refused: bool = False) -> Answer:
    return Answer("q", "q", "fact", text, refused, (), model, unsupported, written=(text,))


@pytest.mark.parametrize(
    ("text", "unsupported", "counted"),
    [
        ("Kelp is brown. [1] It grows. [2]", (), (2, 2)),
        ("Kelp is brown [1]. It grows [2].", (), (2, 2)),
        ("Kelp is brown. [1][2] It grows. [3][1]", (), (2, 2)),
        ("Kelp [1] and moss [2] are not alike.", (), (1, 1)),
        ("Kelp is brown. [1] It sings. [?] It flies. [2][?]", ("It sings.", "It flies."), (1, 3)),
        ("Kelp [1] sings [2]. [?]", ("Kelp sings.",), (0, 1)),
        (
            "Here is what they say:\n\n- **Kelp**: brown. [1]\n- **Moss**: see Fig. 3 of Wen et al. for it. [2]",
            (),
            (2, 2),
        ),
        ("| a | b |\n|---|---|\n| brown [1] | sings [?] |", ("sings",), (0, 1)),
        (r"As in \[1\]. Nothing else.", (), (0, 0)),
        ("", (), (0, 0)),
    ],
)
def test_sentences_are_counted_by_their_marks(
    text: str, unsupported: tuple[str, ...], counted: tuple[int, int]
) -> None:
    assert support.supported_and_all(answer(text, *unsupported)) == counted


def test_what_the_model_did_not_write_is_not_counted() -> None:
    first, second = "Kelp is brown. [3]\n\nIt sings. [?]", "Moss is green. [4]"
    text = f"| a |\n|---|\n| quoted [1] |\n\n{first}\n\n### Moss\n\n{second}\n\nAlso:\n\n- **Fern**: quoted. [2]"
    given = Answer("q", "q", "compare", text, False, (), "tern", ("It sings.",), written=(first, second))
    assert support.supported_and_all(given) == (2, 3)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer("Kelp is brown. [1]"), "1 of 1 sentence supported"),
        (answer("Kelp is brown. [1] It grows. [2]"), "2 of 2 sentences supported"),
        (answer("Kelp is brown. [1] It sings. [?]", "It sings."), "1 of 2 sentences is not supported by an abstract"),
        (answer("A. [?]\nB. [?]", "A.", "B."), "2 of 2 sentences are not supported by an abstract"),
    ],
)
def test_the_badge_says_how_many_sentences_hold(given: Answer, said: str) -> None:
    assert support.badge(given).endswith(said)


@pytest.mark.parametrize(
    "given",
    [answer("Quoted. [1]", model="extractive"), answer("Nothing on that.", refused=True), answer("Hello!")],
)
def test_where_nothing_was_checked_there_is_no_badge(given: Answer) -> None:
    assert support.badge(given) == ""
