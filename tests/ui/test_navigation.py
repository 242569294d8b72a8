from streamlit.testing.v1 import AppTest

from rag.ui.navigation import CHOSEN, MOST_ASKED, SUGGESTED


def test_more_papers_than_may_be_asked_about_are_not_handed_over_and_it_is_said() -> None:
    def script(papers):
        from rag.ui import navigation

        navigation.ask_in_chat("Which is best?", papers)

    page = AppTest.from_function(script, args=([str(number) for number in range(MOST_ASKED + 1)],)).run()
    assert not page.exception
    assert [each.value for each in page.warning] == ["Choose at most 5,000 papers to ask about; these are 5,001."]
    assert CHOSEN not in page.session_state
    assert SUGGESTED not in page.session_state


def test_as_many_as_may_be_asked_about_are_handed_over() -> None:
    def script(papers):
        from rag.ui import navigation

        navigation._hand_to_chat("", papers)

    page = AppTest.from_function(script, args=([str(number) for number in range(MOST_ASKED)],)).run()
    assert not page.warning
    assert len(page.session_state[CHOSEN]) == MOST_ASKED
