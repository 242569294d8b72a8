"""The words of titles and abstracts in tantivy. The only module that imports tantivy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rag.errors import IndexDamaged
from rag.index.damage import damage_told, remedy

if TYPE_CHECKING:
    import tantivy

_TEXT, _KEY, _ANALYZER = "text", "key", "english"
_HEAP = 64_000_000  # bytes, of the writer
_LONGEST_QUERY = 256  # distinct terms


def analyse(text: str) -> list[str]:
    """The terms of a text as the index knows them: lower case, no accents, English stems, in order."""
    return _analyzer().analyze(text)


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy

    filters = tantivy.Filter
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(filters.remove_long(60))
        .filter(filters.lowercase())
        .filter(filters.ascii_fold())
        .filter(filters.stemmer("english"))
        .build()
    )


class Terms:
    """An inverted index over papers, by their integer key.

    Args:
        folder: Where it lives; made if missing.

    Raises:
        IndexDamaged: The files cannot be read as an index.
    """

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._folder = folder
        schema = (
            tantivy.SchemaBuilder()
            .add_unsigned_field(_KEY, stored=False, indexed=True, fast=True)
            .add_text_field(_TEXT, stored=False, tokenizer_name=_ANALYZER, index_option="position")
            .build()
        )
        with damage_told(self._damaged):
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(schema, path=str(folder))
            self._index.register_tokenizer(_ANALYZER, _analyzer())
            self._searcher = self._index.searcher()
        self._schema = schema

    def put(self, texts: Iterable[tuple[int, str | None]]) -> None:
        """Replace the text of each paper key; None removes it. Kept when this returns."""
        import tantivy

        with damage_told(self._damaged):
            writer = self._index.writer(_HEAP, num_threads=1)
            for key, text in texts:
                writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, _KEY, key))
                if text is not None:
                    document = tantivy.Document()
                    document.add_unsigned(_KEY, key)
                    document.add_text(_TEXT, text)
                    writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(self, terms: Sequence[str], k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` paper keys with the best BM25 score for these terms, best first, ties by key.

        `among` limits the search to these keys.
        """
        distinct = list(dict.fromkeys(terms))[:_LONGEST_QUERY]
        if not distinct or (among is not None and not among):
            return []
        return sorted(self._found(self._any_of(distinct), k, among), key=lambda hit: (-hit[1], hit[0]))

    def phrase(self, terms: Sequence[str], slop: int = 0) -> dict[int, float]:
        """All papers that have these terms together, by key, and how densely in [0, 2.2].

        Together is one after the other, or with up to `slop` other words between them. The density is BM25 without
        the idf: 1 for one mention in a paper of average length.
        """
        import tantivy

        if not terms:
            return {}
        if len(terms) == 1:
            query = tantivy.Query.term_query(self._schema, _TEXT, terms[0])
        else:
            query = tantivy.Query.phrase_query(self._schema, _TEXT, list(terms), slop)
        weight = sum(map(self.idf, terms))
        return {key: score / weight for key, score in self._found(query, max(1, self.count()))}

    def holding(self, terms: Sequence[str]) -> set[int]:
        """The keys of all papers that have every one of these terms."""
        import tantivy

        each = [(tantivy.Occur.Must, tantivy.Query.term_query(self._schema, _TEXT, term)) for term in set(terms)]
        found = self._found(tantivy.Query.boolean_query(each), max(1, self.count())) if each else []
        return {key for key, _ in found}

    def _any_of(self, terms: Sequence[str]) -> tantivy.Query:
        import tantivy

        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, _TEXT, term)) for term in terms]
        )

    def _found(self, query: tantivy.Query, k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        import tantivy

        if among is not None:
            allowed = tantivy.Query.term_set_query(self._schema, _KEY, list(among))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)),
                ]
            )
        with damage_told(self._damaged):
            hits = self._searcher.search(query, limit=k, count=False).hits
            keys = cast("list[int]", self._searcher.fast_field_values(_KEY, [address for _, address in hits]))
        return [(key, float(score)) for key, (score, _) in zip(keys, hits, strict=True)]

    def count(self) -> int:
        """How many papers the index holds."""
        return int(self._searcher.num_docs)

    def idf(self, term: str) -> float:
        """How rare a term is among the papers: BM25's idf, in (0, ln(2n + 2)]; a term of no paper is rarest.

        Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, equation 3.3,
        with one added inside the logarithm so that it is never negative.
        """
        with damage_told(self._damaged):
            holding, papers = self._searcher.doc_freq(_TEXT, term), self.count()
        return math.log(1 + (papers - holding + 0.5) / (holding + 0.5))

    def _damaged(self, error: BaseException) -> IndexDamaged:
        return IndexDamaged(
            f"The word index in {self._folder} cannot be read ({str(error).strip()[:200]}). "
            f"{remedy(self._folder.parents[1])}"
        )
