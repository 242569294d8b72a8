"""A report that several visitors see being written."""

import time

import pytest
from scripted_stream import HeldStream, HoldingAssistant
from streamlit.testing.v1 import AppTest

from rag.ui.chat.generation import Generation
from rag.ui.report import Report

pytestmark = pytest.mark.timeout(20)


def begun() -> tuple[Report, HeldStream]:
    assistant, stream = HoldingAssistant(), HeldStream("tern")
    report = Report(1, Generation(assistant, lambda: stream))  # type: ignore[arg-type, return-value]
    stream.pieces.put("Kelp is ")
    limit = time.monotonic() + 5
    while not report.generation.written.text and time.monotonic() < limit:
        time.sleep(0.005)
    return report, stream


def test_who_stops_a_report_ends_it_for_nobody_else() -> None:
    report, stream = begun()
    with report.followed():
        assert not report.stop()
        assert (stream.stops, report.generation.over) == (0, False)
        stream.pieces.put("brown.")
        stream.pieces.put(None)
        report.generation.wait_until_over()
    assert report.generation.written.text == "Kelp is brown."
    assert not report.broken


def test_the_last_who_follows_a_report_ends_it() -> None:
    report, stream = begun()
    with pytest.raises(KeyError), report.followed():
        raise KeyError  # as Streamlit ends a run
    assert report.stop()
    report.generation.wait_until_over()
    assert (stream.stops, report.broken) == (1, True)


def test_who_left_a_report_sees_what_there_is_and_may_go_on() -> None:
    def script(report):
        import streamlit as st
        from scripted_stream import HoldingAssistant

        from rag.ui import report as reports

        st.button("leave", on_click=reports._stop, args=(report,))
        if "begun" in st.session_state:
            reports.show(report, HoldingAssistant(), print)
        st.session_state["begun"] = True

    report, stream = begun()
    page = AppTest.from_function(script, args=(report,)).run()
    with report.followed():
        page.button[0].click().run()
        assert not page.exception
        assert [button.label for button in page.button] == ["leave", "Go on"]
        assert "Kelp is" in page.markdown[0].value
        stream.pieces.put("brown.")
        stream.pieces.put(None)
        report.generation.wait_until_over()
    page.button[1].click().run()
    assert [button.label for button in page.button] == ["leave"]
    assert "Kelp is brown" in page.markdown[0].value
