"""An answer that is the whole of a page, such as the digest of an author: written once, whoever opens the page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Literal

import streamlit as st

from rag.ui import markdown
from rag.ui.chat import hand_off, sources, support
from rag.ui.chat.arriving import ArrivingAnswer
from rag.ui.chat.generation import Generation, Written
from rag.ui.evidence import citations
from rag.ui.telling import told

if TYPE_CHECKING:
    from rag.answering.stream import AnswerStream
    from rag.assistant import Assistant

_KEPT = 100
_SEEN = "reports seen"
_LEFT = "reports left"

Kind = Literal["author", "compare"]
Key = tuple[Kind, tuple[str, ...], str, bool, str]


@dataclass(slots=True)
class Report:
    """A page's answer; no two have the same `id`. Its methods may be called from any thread."""

    id: int
    generation: Generation
    _followers: int = 0
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def followed(self) -> Iterator[None]:
        """While this lasts, somebody looks on as it is written."""
        with self._lock:
            self._followers += 1
        try:
            yield
        finally:
            with self._lock:
                self._followers -= 1

    def stop(self) -> bool:
        """End it unless somebody follows it still, and whether that was done: who stops it follows it no more."""
        with self._lock:
            if self._followers:
                return False
        self.generation.stop()
        return True

    @property
    def broken(self) -> bool:
        """Whether it is over and not what it should be."""
        written = self.generation.written
        failed = written.answer is None or written.answer.problem is not None
        return self.generation.over and (failed or written.stopped)


class Reports:
    """The last hundred reports, each kept while the library and what writes stay as they were.

    Its methods may be called from any thread.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._kept: OrderedDict[Key, Report] = OrderedDict()
        self._ids = count(1)
        self._lock = Lock()

    def of(self, kind: Kind, about: tuple[str, ...], seen: set[int]) -> Report:
        """The report about an author or about subjects: as it was written, or begun now.

        One that broke off is begun anew for whoever has not `seen` that it did.
        """
        assistant = self._assistant
        key = (kind, about, str(assistant.revision), assistant.pending() == 0, assistant.model)
        with self._lock:
            report = self._kept.get(key)
            if report is None or (report.broken and report.id not in seen):
                report = Report(next(self._ids), Generation(assistant, _writing(assistant, kind, about)))
            self._kept[key] = report
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        seen.add(report.id)
        return report


def _writing(assistant: Assistant, kind: Kind, about: tuple[str, ...]) -> Callable[[], AnswerStream]:
    if kind == "author":
        return lambda: assistant.author(about[0])
    return lambda: assistant.compare(about)


def seen() -> set[int]:
    """The ids of the reports that this visitor has seen."""
    ids: set[int] = st.session_state.setdefault(_SEEN, set())
    return ids


def _left() -> set[int]:
    """The ids of the reports that this visitor stopped while others went on following them."""
    ids: set[int] = st.session_state.setdefault(_LEFT, set())
    return ids


def _stop(report: Report) -> None:
    if not report.stop():
        _left().add(report.id)


def show(report: Report, assistant: Assistant, ask: Callable[[str], None]) -> Written:
    """Draw a report, as it is written if it is not over yet; `ask` is called with a question that it offers.

    Returns: All of it.
    """
    generation = report.generation
    with st.container(key=f"report-{report.id}", gap="small"):
        answer = ArrivingAnswer(report.id, assistant.model)
        if not generation.over and report.id not in _left():
            answer.say_waiting(generation)
            stop = st.empty()
            stop.button(
                "Stop",
                key=f"end-{report.id}",
                icon=":material/stop_circle:",
                shortcut="Esc",
                on_click=_stop,
                args=(report,),
            )
            with report.followed():
                answer.follow(generation)
            stop.empty()
        written = generation.written
        answer.draw(written)
        with answer.below.container(key=f"below-{report.id}", gap="small"):
            if generation.over:
                _say_what_went_wrong(report, written)
            else:
                _say_ended(report, "Stopped", "Go on", _left())
            for place, question in enumerate(written.answer.offers if written.answer else ()):
                key = f"offer-{report.id}-{place}"
                st.button(markdown.plain(question), key=key, on_click=ask, args=(question,))
            _say_how(report, written, assistant)
    return written


def _say_what_went_wrong(report: Report, written: Written) -> None:
    if not report.broken:
        return
    problem = written.failure or (written.answer and written.answer.problem)
    if problem:
        st.warning(told(problem), icon=":material/warning:")
    _say_ended(report, "" if problem else "Stopped", "Try again", seen())


def _say_ended(report: Report, said: str, offered: str, ids: set[int]) -> None:
    """What is `said` of an end, and a button for what is `offered`, which takes the report out of `ids`."""
    with st.container(key=f"ended-{report.id}", horizontal=True, vertical_alignment="center"):
        if said:
            st.caption(f":material/stop_circle: {said}", width="content")
        st.button(
            offered,
            key=f"again-{report.id}",
            icon=":material/refresh:",
            type="tertiary",
            on_click=ids.discard,
            args=(report.id,),
        )


def _say_how(report: Report, written: Written, assistant: Assistant) -> None:
    """How much of it is supported, how it was made, and what it rests on."""
    if written.answer and (badge := support.badge(written.answer)):
        st.caption(badge)
    if written.notice:
        st.caption(markdown.message(written.notice))
    if written.citations:
        sources.show(report.id, written)
        hand_off.show(report.id, written, assistant)
        citations.hand_over(report.id, written, str(report.id))
