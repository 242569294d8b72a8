"""What became of the files of a run: how many records of each fate, and why some were not kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from rag.errors import RagError
from rag.types import Failure, IngestReport, Removal
from rag.ui import markdown
from rag.ui.ingesting import Run
from rag.ui.telling import told
from rag.ui.wording import counted

_OPEN = 3  # failures that are shown unfolded
_LISTED = 100
_FATES = {"Added": "added", "Updated": "updated", "Unchanged": "unchanged", "Merged": "merged"}
_MEANINGS = "Merged records are of papers that were known from elsewhere; unchanged ones were here, just so, before."
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show(run: Run, named: str) -> None:
    """The ledger of a run that has settled; `named` are its files."""
    with st.container(key="ledger", gap="small"):
        if run.failure is not None:
            _show_failure(run.failure, named, removes=run.removes)
        elif run.removal is not None:
            st.success(markdown.plain(removed(named, run.removal)), icon=":material/check:")
        else:
            _show_report(run.report, named)


def removed(named: str, removal: Removal) -> str:
    """What removing a file took away, in a sentence."""
    records = counted(removal.records, "record")
    if not removal.papers:
        return f"{named} was removed with {records}; other files state every paper of it, so all papers are kept."
    papers = f"{counted(removal.papers, 'paper')} that no other file states"
    return f"{named} was removed with {records}; {papers} went with them."


def _show_failure(failure: Exception, named: str, *, removes: bool) -> None:
    name = f"**{markdown.plain(named)}**"
    st.markdown(f"Removing {name} failed" if removes else f"{name} could not be read")
    if isinstance(failure, RagError):
        st.error(told(str(failure)))
    else:
        kept = "If the file is still listed, try again." if removes else "The file is kept."
        st.error(f"Something went wrong in the program; the log of the server says what. {kept}")


def _show_report(report: IngestReport, named: str) -> None:
    st.markdown(f"**{markdown.plain(named)}**")
    with st.container(horizontal=True, key="fates", gap="medium"):
        for label, name in _FATES.items():
            st.metric(label, f"{getattr(report, name):,}", width="content")
        st.metric("Failed", f"{len(report.failed):,}", width="content")
    if report.merged or report.unchanged:
        st.caption(_MEANINGS)
    if not report.failed:
        return
    if len(report.failed) <= _OPEN:
        _show_failed(report.failed)
    else:
        with st.expander(f"{counted(len(report.failed), 'record')} could not be kept"):
            _show_failed(report.failed)
    st.download_button(
        "Failures as CSV",
        partial(as_csv, report.failed),
        file_name="failures.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _show_failed(failed: Sequence[Failure]) -> None:
    for failure in failed[:_LISTED]:
        where = f"{Path(failure.source).name}, {failure.record}"
        st.markdown(f"**{markdown.plain(where)}**  \n{markdown.plain(failure.reason)}")
    if len(failed) > _LISTED:
        st.caption(f"{len(failed) - _LISTED:,} more are in the CSV file.")


def as_csv(failed: Sequence[Failure]) -> str:
    """The failures as a table; a cell that a spreadsheet would calculate is text."""
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(("file", "record", "reason"))
    for failure in failed:
        cells = (Path(failure.source).name, failure.record, failure.reason)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return output.getvalue()
