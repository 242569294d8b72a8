"""How many sentences of an answer the abstracts support."""

from __future__ import annotations

import re
from bisect import bisect_left

import streamlit as st

from rag.index.sentences import sentence_spans
from rag.types import Answer
from rag.ui import markdown

EXPLANATION = (
    "Every sentence that the language model wrote was compared with the abstracts it could rest on. A supported one "
    "has a marker `[n]` that opens what it rests on; one that no abstract says is marked *unsupported*."
)
_MARK = re.compile(r"(?<!\\)\[(?P<sign>\d{1,4}|\?)\]")


def supported_and_all(answer: Answer) -> tuple[int, int]:
    """How many sentences a model wrote are supported, and how many there are.

    Every sentence that claims something has marks, `[n]` or `[?]`, in it or right after it: sentences with
    marks are counted. One without (a heading, a courtesy) claims nothing. What the model did not write (tables,
    quotations) is right as it stands and not counted.
    """
    supported = sum(len(_marked(line)) for passage in answer.written for line in passage.splitlines())
    return supported, supported + len(answer.unsupported)


def _marked(line: str) -> set[int]:
    """Which sentences of a line have marks, all of them numbers."""
    plain, end = "", 0
    marks: list[tuple[int, str]] = []  # where in the line without marks
    for found in _MARK.finditer(line):
        plain += line[end : found.start()]
        marks.append((len(plain), found["sign"]))
        end = found.end()
    starts = [start for start, _ in sentence_spans(plain + line[end:])]
    signs = {(bisect_left(starts, place), sign) for place, sign in marks}
    return {sentence for sentence, _ in signs} - {sentence for sentence, sign in signs if sign == "?"}


def show(turn: int, answer: Answer) -> None:
    """The badge, which opens on what it means and on the sentences that it counts out."""
    label = badge(answer)
    if not label:
        return
    with st.popover(label, type="tertiary", key=f"{'doubted' if answer.unsupported else 'supported'}-{turn}"):
        st.markdown(EXPLANATION)
        if answer.unsupported:
            st.markdown("No abstract of this library says:")
            st.markdown("\n".join(f"- {markdown.plain(sentence)}" for sentence in answer.unsupported))


def badge(answer: Answer) -> str:
    """The line under an answer by a model, as Markdown; "" where there is nothing to say."""
    supported, number = supported_and_all(answer)
    if answer.refused or answer.model == "extractive" or not number:
        return ""
    noun = "sentence" if number == 1 else "sentences"
    if supported == number:
        return f":material/verified: {number} of {number} {noun} supported"
    verb = "is" if number - supported == 1 else "are"
    return f":material/warning: {number - supported} of {number} {noun} {verb} not supported by an abstract"
