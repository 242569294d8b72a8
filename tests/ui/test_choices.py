from rag.types import EVERYTHING, Filters
from rag.ui.chat.choices import Choice, Choices

OCEANS = Filters(venue="Oceans")


def test_what_a_visitor_has_set_is_theirs_alone() -> None:
    choices = Choices()
    choices.set_filters("ann", OCEANS)
    choices.set_papers("ann", ("p1",), "c1")
    assert choices.of("ann") == Choice(OCEANS, ("p1",), "c1")
    assert choices.of("bo") == Choice()
    choices.set_papers("ann", (), "")
    choices.set_filters("ann", EVERYTHING)
    assert choices.of("ann") == Choice()


def test_only_the_last_visitors_are_remembered() -> None:
    choices = Choices(most=2)
    choices.set_filters("ann", OCEANS)
    choices.set_filters("bo", OCEANS)
    choices.of("ann")
    choices.set_filters("nobody", EVERYTHING)
    choices.set_filters("cy", OCEANS)
    assert [choices.of(visitor).filters for visitor in ("ann", "bo", "cy")] == [OCEANS, EVERYTHING, OCEANS]


def test_a_visitor_who_is_known_by_another_name_keeps_what_is_set() -> None:
    choices = Choices()
    choices.set_filters("ann", OCEANS)
    choices.hand_over("ann", "bo")
    assert (choices.of("ann").filters, choices.of("bo").filters) == (EVERYTHING, OCEANS)
    choices.hand_over("nobody", "bo")
    choices.set_filters("cy", Filters(venue="Lakes"))
    choices.hand_over("cy", "bo")
    assert choices.of("bo").filters == OCEANS
