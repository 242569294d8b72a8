"""What kind of publication a venue is, told by its name alone."""

from __future__ import annotations

import re
from enum import Enum


class Kind(Enum):
    """How a paper was published."""

    JOURNAL = "journal"
    CONFERENCE = "conference"
    PREPRINT = "preprint"
    UNKNOWN = "unknown"


_PREPRINT = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|corr|preprints?|openreview|research square|zenodo)\b",
    re.IGNORECASE,
)
# Journals that are called proceedings, and the like.
_JOURNAL_PROCEEDINGS = re.compile(
    r"\b(?:proceedings of the (?:national academy|royal society|ieee$|vldb|institution of)|proceedings of the acm on"
    r"|pvldb|pacmpl|pnas)\b",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"\b(?:proceedings|proc\.|conferences?|conf\.|workshops?|symposium|symposia|congress|meeting|colloquium"
    r"|lecture notes|advances in neural information processing)\b",
    re.IGNORECASE,
)
# JMLR, TPAMI and IJCV begin as journals do; other names in capitals (CVPR 2021, NeurIPS) are meetings.
_ACRONYM = re.compile(r"(?:IEEE/CVF |IEEE |ACM |USENIX )?([A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:[ '\u2019-]*\d{2,4})?")
_JOURNAL_ACRONYM = re.compile(r"J[A-Z]{2,}|T[A-Z]{3,}|T[A-Z]L?G?|IJ[A-Z]+|[A-Z]+J|PAMI|TMLR|CACM|PLOS|PLoS|CSUR|RAL")
_MEETINGS_LIKE_JOURNALS = frozenset(("JCDL", "TREC", "TACAS", "JURIX", "IJCAI", "IJCNN", "IJCNLP", "IJCB"))


def kind_of(venue: str | None) -> Kind:
    """The kind of a venue. A name that says nothing of it is taken for a journal's, none at all is unknown."""
    if not venue:
        return Kind.UNKNOWN
    if _PREPRINT.search(venue):
        return Kind.PREPRINT
    if _JOURNAL_PROCEEDINGS.search(venue):
        return Kind.JOURNAL
    if _CONFERENCE.search(venue):
        return Kind.CONFERENCE
    acronym = _ACRONYM.fullmatch(venue)
    if acronym:
        journal = _JOURNAL_ACRONYM.fullmatch(acronym[1]) and acronym[1] not in _MEETINGS_LIKE_JOURNALS
        return Kind.JOURNAL if journal else Kind.CONFERENCE
    return Kind.JOURNAL
