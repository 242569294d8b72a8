"""How long the digest of an author of about fifty papers takes: `python benchmarks/author.py LIBRARY`.

Thirty authors, chosen by the number of their papers alone, each in this process and in one of its own, without a
language model. LIBRARY is only read. Prints medians and 95th percentiles, and counts answers that are not exact.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from rag.answering.citations import Numbering  # noqa: E402
from rag.answering.digest import author  # noqa: E402
from rag.answering.task import Means, Task  # noqa: E402
from rag.index.embedder import BUNDLED, MiniLMEmbedder  # noqa: E402
from rag.index.indexes import Indexes  # noqa: E402
from rag.library.names import Name  # noqa: E402
from rag.library.revision import Revision  # noqa: E402
from rag.library.store import Library  # noqa: E402
from rag.types import Plan  # noqa: E402

AUTHORS, PAPERS = 30, 50


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1])
    library = Library(folder)
    chosen = authors(library)
    sizes = [papers for _, papers, _ in chosen]
    of = library.count("papers")
    sys.stdout.write(f"{len(chosen)} authors of {min(sizes)} to {max(sizes)} papers in a library of {of}\n")
    means = Means(Indexes(library, MiniLMEmbedder(BUNDLED)), Revision(library))
    within, inexact = [], 0
    for name, _, ids in chosen:
        began = time.perf_counter()
        cited = digest(means, name)
        within.append(time.perf_counter() - began)
        inexact += cited != ids
    library.close()
    report("in one process", within)
    report("a process each", [whole(folder, name) for name, *_ in chosen])
    sys.stdout.write(f"answers that do not cite exactly the author's papers: {inexact}\n")


def authors(library: Library) -> list[tuple[str, int, set[str]]]:
    """The authors whose number of papers is nearest to fifty, with that number and the papers' ids.

    The papers are those of all rows of the author's family with this given name, however it is spelled.
    """
    rows = library.rows(
        "SELECT family_key, family, given, suffix, count(*) FROM authors JOIN authorships ON author = authors.key "
        "GROUP BY authors.key ORDER BY abs(count(*) - ?), authors.key LIMIT ?",
        (PAPERS, AUTHORS),
    )
    return [
        (Name(*parts).display, papers, written_by(library, family, Name(*parts))) for family, *parts, papers in rows
    ]


def written_by(library: Library, family: str, name: Name) -> set[str]:
    """The ids of the papers by everyone whose name has the same letters, or initials that fit nobody else."""
    rows = library.rows("SELECT key, family, given, suffix FROM authors WHERE family_key = ?", (family,))
    fitting = [(key, Name(*parts)) for key, *parts in rows if name.matches(Name(*parts))]
    keys = [key for key, other in fitting if letters(other) == letters(name)]
    full = [Name(*parts) for _, *parts in rows if len(parts[1].strip(".")) > 1]
    for key, other in fitting:
        if other.given and len(other.given.strip(".")) == 1:
            keys += [key] if {letters(each) for each in full if each.matches(other)} == {letters(name)} else []
    found = library.rows_in("SELECT id FROM papers JOIN authorships ON paper = papers.key WHERE author IN ({})", keys)
    return {paper for (paper,) in found}


def letters(name: Name) -> str:
    """A name by its letters alone."""
    return name.key.replace(" ", "")


def digest(means: Means, name: str) -> set[str]:
    """The ids of the papers that a digest cites."""
    question = f"What has {name} worked on?"
    plan = Plan(question, "author", people=(name,))
    task = Task(means, question, question, question, plan, (), Numbering(), Event())
    list(author.write(task))
    return {citation.paper_id for citation in task.numbering.citations}


def whole(folder: Path, name: str) -> float:
    """Seconds that a process takes which prints the digest."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "rag.cli", "author", name, "--library", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)  # noqa: S603
    return time.perf_counter() - began


def report(what: str, seconds: Sequence[float]) -> None:
    """One line: the median and the 95th percentile."""
    last = statistics.quantiles(seconds, n=20)[-1]
    sys.stdout.write(f"{what:20} p50 {1000 * statistics.median(seconds):5.0f} ms   p95 {1000 * last:5.0f} ms\n")


if __name__ == "__main__":
    main()
