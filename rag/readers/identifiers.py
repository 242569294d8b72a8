"""DOIs, arXiv ids and PubMed ids: found in what exports write, made into addresses and ids."""

from __future__ import annotations

import re

_DOI = re.compile(r"\b10(?:\.\d{4,9}(?:\.\d+)*)?/[^\s\"<>{}\\]+")
_DOI_ALONE = re.compile(
    r"(?:(?:doi:\s*)?(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/)?)(10[./].*)", re.IGNORECASE | re.DOTALL
)
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_ARXIV = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_ARXIV_NAMED = re.compile(rf"(?:\barxiv:\s*|arxiv\.org/(?:abs|pdf|html)/|10\.48550/arxiv\.){_ARXIV}", re.IGNORECASE)
_ARXIV_ALONE = re.compile(_ARXIV)
_PMID = re.compile(r"(?:PMID:?\s*)?(\d{1,9})", re.IGNORECASE)


def doi_in(text: str) -> str | None:
    """The DOI a DOI field or an address at doi.org holds, or None."""
    alone = _DOI_ALONE.fullmatch(text.strip())
    found = _DOI.match(alone[1]) if alone else None
    return found[0].rstrip(".,;") if found else None


def doi_of_address(url: str) -> str | None:
    """The DOI of an address at doi.org, or None for any other address."""
    return doi_in(url) if _DOI_ADDRESS.match(url.strip()) else None


def arxiv_in(text: str) -> str | None:
    """The arXiv id (without its version) that a text names: `arXiv:…`, an address, a DOI of arXiv, or the bare id."""
    found = _ARXIV_NAMED.search(text) or _ARXIV_ALONE.fullmatch(text.strip())
    return found[1] if found else None


def pmid_in(text: str) -> str | None:
    """The PubMed id a text consists of, or None."""
    found = _PMID.fullmatch(text.strip())
    return found[1] if found else None


def doi_address(doi: str) -> str:
    """Where a DOI leads."""
    return f"https://doi.org/{doi}"


def arxiv_address(identifier: str) -> str:
    """The page of an arXiv id."""
    return f"https://arxiv.org/abs/{identifier}"
