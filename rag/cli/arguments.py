"""What can be typed after `rag`."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

EXPORTS = ("bibtex", "ris", "csl-json", "csv", "jsonl", "markdown")
TABLES = ("markdown", "csv", "latex")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; it imports nothing heavy."""
    top = argparse.ArgumentParser(prog="rag", description="Ask a library of paper abstracts.")
    library = argparse.ArgumentParser(add_help=False)
    _add_library(library, argparse.SUPPRESS)
    _add_library(top, None)
    everywhere = argparse.ArgumentParser(add_help=False, parents=[library])
    everywhere.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    published = argparse.ArgumentParser(add_help=False)
    published.add_argument("--venue", help="only papers of this venue, or a part of its name")
    published.add_argument(
        "--year", type=_years, metavar="2021-2024", help="only papers of these years: 2021, 2021-, -2024"
    )
    filters = argparse.ArgumentParser(add_help=False, parents=[published])
    filters.add_argument("--author", action="append", default=[], metavar="NAME", help="only papers of this author")
    filters.add_argument(
        "--source", action="append", default=[], metavar="FILE", help="only papers of this file, by its name or path"
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    ingest = commands.add_parser("ingest", parents=[everywhere], help="read files and folders into the library")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    search = commands.add_parser("search", parents=[everywhere, filters], help="list the papers nearest to a query")
    search.add_argument("query")
    search.add_argument("-k", type=_positive, default=10, metavar="N", help="how many papers (10)")

    ask = commands.add_parser("ask", parents=[everywhere, filters], help="answer a question, every sentence cited")
    asked = ask.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?")
    asked.add_argument(
        "--batch", type=Path, metavar="FILE", help='JSON lines of {"id", "question", "history"?}; one answer a line'
    )
    ask.add_argument(
        "--sources", choices=EXPORTS, help="print the papers it cites, in this format, in place of the answer"
    )
    ask.add_argument("--history", type=Path, metavar="FILE", help='earlier turns, a JSON list of {"role", "content"}')

    author = commands.add_parser("author", parents=[everywhere, published], help="summarise the work of an author")
    author.add_argument("name", nargs="+", metavar="NAME")

    compare = commands.add_parser("compare", parents=[everywhere], help="set methods or papers side by side")
    compare.add_argument("subjects", nargs="+", metavar="METHOD", help="two to eight names or titles, or parts of them")
    compare.add_argument("--format", choices=TABLES, help="print the table alone, in this format")

    export = commands.add_parser("export", parents=[library, filters], help="hand papers on to other tools")
    export.add_argument("--topic", metavar="TEXT", help="only papers about this")
    export.add_argument("--format", choices=EXPORTS, default=EXPORTS[0], help="bibtex, if not said otherwise")
    export.add_argument("--output", "-o", type=Path, metavar="FILE", help="write there and not to the terminal")

    commands.add_parser("chat", parents=[library, filters], help="ask in the terminal, question after question")
    commands.add_parser("status", parents=[everywhere], help="say what the library holds and how its indexes are")
    commands.add_parser("rebuild", parents=[everywhere], help="make the search indexes again from the library")

    evaluate = commands.add_parser("eval", help="measure answers")
    kinds = evaluate.add_subparsers(dest="kind", required=True, metavar="KIND")
    answers = kinds.add_parser("answers", parents=[everywhere], help="score answers to questions with known ones")
    answers.add_argument("file", type=Path, metavar="FILE.jsonl")
    return top


def _add_library(to: argparse.ArgumentParser, default: str | None) -> None:
    """Take `--library` before the command as well as after it, where a default would undo the one before."""
    to.add_argument(
        "--library", type=Path, metavar="DIR", default=default, help="the library's folder (or set RAG_LIBRARY)"
    )


def _years(text: str) -> tuple[int | None, int | None]:
    written = re.fullmatch(r"(?P<first>[0-9]{4})?(?P<dash>-)?(?P<last>(?<=-)[0-9]{4})?", text)
    if not written or text in ("", "-"):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no year or range of years; write 2021, 2021-2024, 2021- or -2024"
        )
    first = int(written["first"]) if written["first"] else None
    last = int(written["last"]) if written["last"] else None
    if first and last and first > last:
        raise argparse.ArgumentTypeError(f"the years {text!r} run backwards; write the earlier one first")
    return first, last if written["dash"] else first


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)
