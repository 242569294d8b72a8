"""Files and folders into the library, in batches that are each kept whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from rag.errors import SourceError
from rag.library.revision import keep_revision
from rag.library.sources import source_name
from rag.library.store import Library
from rag.library.writing import RecordWriter
from rag.readers import read
from rag.types import BadRecord, Failure, IngestReport, Progress, Record

BATCH = 1000


def ingest(library: Library, paths: Sequence[Path], progress: Progress) -> IngestReport:
    """Read every file below `paths` into the library and report what became of each record.

    What cannot be read is reported and the rest kept. Nothing is indexed here:
    changed papers are marked pending for the search indexes.

    Raises:
        SourceError: A path does not exist.
        LibraryError: The library cannot be written; batches finished before are kept.
    """
    outcomes: Counter[str] = Counter()
    failed: list[Failure] = []
    for path in _files(paths, failed):
        try:
            _ingest_file(library, path, outcomes, failed, progress)
        except SourceError as error:
            failed.append(Failure(source_name(path), "file", str(error)))
    keep_revision(library)
    return IngestReport(
        added=outcomes["added"],
        updated=outcomes["updated"],
        unchanged=outcomes["unchanged"],
        merged=outcomes["merged"],
        failed=tuple(failed),
        papers=library.count("papers"),
    )


def _ingest_file(
    library: Library, path: Path, outcomes: Counter[str], failed: list[Failure], progress: Progress
) -> None:
    writer: RecordWriter | None = None
    for batch in _batches(read(path)):
        of_batch: Counter[str] = Counter()
        with library.transaction() as db:
            writer = writer or RecordWriter(db, source_name(path))
            for record in batch:
                if isinstance(record, BadRecord):
                    failed.append(Failure(source_name(path), record.position, record.reason))
                else:
                    of_batch[writer.put(record)] += 1
        outcomes.update(of_batch)
        progress("reading", outcomes.total(), None)


def _batches(records: Iterable[Record | BadRecord]) -> Iterator[list[Record | BadRecord]]:
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _files(paths: Sequence[Path], failed: list[Failure]) -> list[Path]:
    """The files at and below `paths`, each once, folders walked by name, hidden files left out."""

    def unreadable(error: OSError) -> None:
        reason = f"the folder cannot be read ({error.strerror}): check its permissions"
        failed.append(Failure(source_name(Path(error.filename)), "folder", reason))

    found: dict[Path, None] = {}
    for path in paths:
        if not os.path.exists(path):
            raise SourceError(f"There is no file or folder {path}. Check the name, or quote it if it has spaces.")
        # One file is one source, however the user came to it.
        place = Path(os.path.abspath(path))
        if not place.is_dir():
            found[place] = None
            continue
        for folder, subfolders, names in os.walk(place, onerror=unreadable):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            found.update((Path(folder, name), None) for name in sorted(names) if not name.startswith("."))
    return list(found)
