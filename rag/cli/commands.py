"""What each command does."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict
from pathlib import Path

from rag.answering.stream import AnswerStream
from rag.assistant import Assistant
from rag.cli.output import byline, hit_json, model_line, offer, print_json, progress_shown, say, sources
from rag.cli.questions import read_history, read_questions
from rag.errors import EvaluationError, ExportError
from rag.evaluation.answers import gold_of, score
from rag.library.sources import source_name
from rag.settings import load_settings
from rag.types import Answer, Filters, Message


def run(options: argparse.Namespace) -> int:
    """Run the command that was asked for and return its exit code.

    Raises:
        RagError: It could not be done.
    """
    with Assistant(load_settings(options.library)) as assistant:
        code = _COMMANDS[options.command](assistant, options)
        if options.command in ("search", "ask") and (pending := assistant.pending()):
            sys.stderr.write(f"{pending} papers are found by their words only: run `rag ingest` again to finish.\n")
        return code


def _ingest(assistant: Assistant, options: argparse.Namespace) -> int:
    with progress_shown() as progress:
        report = assistant.ingest(options.paths, progress)
    if options.json:
        print_json(asdict(report))
    else:
        say(
            f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, {report.merged} merged, "
            f"{len(report.failed)} failed; {report.papers} papers in the library ({report.seconds:.1f} s)."
        )
    for failure in report.failed:
        sys.stderr.write(f"{failure.source}, {failure.record}: {failure.reason}\n")
    return 1 if report.failed else 0


def _search(assistant: Assistant, options: argparse.Namespace) -> int:
    hits = assistant.search(options.query, options.k, _filters(options))
    if options.json:
        print_json({"hits": [hit_json(rank, hit) for rank, hit in enumerate(hits, 1)]})
        return 0
    for rank, hit in enumerate(hits, 1):
        lines = (f"{rank}. {hit.paper.title}", byline(hit.paper), hit.evidence[0].sentence)
        say("\n   ".join(line for line in lines if line) + "\n")
    if not hits:
        say("No paper fits.")
    return 0


def _ask(assistant: Assistant, options: argparse.Namespace) -> int:
    filters = _filters(options)
    if options.batch:
        for asked in read_questions(options.batch):
            print_json({"id": asked.id, **asdict(assistant.ask(asked.question, asked.history, filters).answer)})
        return 0
    history = read_history(options.history) if options.history else ()
    if options.sources:
        answer = assistant.ask(options.question, history, filters).answer
        if answer.refused:
            sys.stderr.write(f"{answer.answer}\n")
        for piece in assistant.sources(answer, options.sources):
            say(piece, end="")
        return 0
    return _show(assistant, assistant.ask(options.question, history, filters), json=options.json)


def _chat(assistant: Assistant, options: argparse.Namespace) -> int:
    assistant.need_search()
    say(f"{assistant.paper_count()} papers. Ask, or end with an empty line.")
    history: tuple[Message, ...] = ()
    said = ""  # how answers are made, which is said once in a row
    while question := _typed():
        answer = _streamed(assistant.ask(question, history, _filters(options)))
        history += (Message("user", question), Message("assistant", answer.answer))
        if (notice := assistant.notice_of(answer)) and notice != said:
            sys.stderr.write(f"\n{notice}\n")
            said = notice
    return 0


def _author(assistant: Assistant, options: argparse.Namespace) -> int:
    filters = Filters(venue=options.venue, years=options.year)
    return _show(assistant, assistant.author(" ".join(options.name), filters), json=options.json)


def _compare(assistant: Assistant, options: argparse.Namespace) -> int:
    stream = assistant.compare(options.subjects)
    if options.format is None:
        return _show(assistant, stream, json=options.json)
    from rag.answering.tables import FORMATS

    answer = stream.answer
    if answer.table is None:
        sys.stderr.write(f"{answer.answer}\n")
        return 1
    said, table, _ = answer.answer.partition("\n\n|")
    if table:
        # Such as that the library has no paper on one side.
        sys.stderr.write(f"{said}\n")
    say(FORMATS[options.format].write(answer.table, answer.citations), end="")
    return 0


def _export(assistant: Assistant, options: argparse.Namespace) -> int:
    pieces = assistant.export(options.format, _filters(options), options.topic)
    if not pieces:
        sys.stderr.write("No paper fits.\n")
        return 0
    if options.output is None:
        for piece in pieces:
            say(piece, end="")
        return 0
    try:
        with options.output.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise ExportError(f"{options.output} cannot be written ({error.strerror}). Choose another file.") from error
    return 0


def _show(assistant: Assistant, stream: AnswerStream, *, json: bool) -> int:
    """Print an answer and how it was made."""
    if json:
        print_json(asdict(stream.answer))
    else:
        answer = _streamed(stream)
        if notice := assistant.notice_of(answer):
            sys.stderr.write(f"\n{notice}\n")
    return 0


def _typed() -> str:
    try:
        return input("\n> ").strip()
    except EOFError:
        say("")
        return ""


def _streamed(stream: AnswerStream) -> Answer:
    for piece in stream:
        say(piece, end="")
    answer = stream.answer
    say("\n\n" + sources(answer.citations) if answer.citations else "")
    if answer.problem:
        sys.stderr.write(f"\n{answer.problem}\n")
    return answer


def _status(assistant: Assistant, options: argparse.Namespace) -> int:
    status = assistant.status()
    if options.json:
        print_json(asdict(status))
        return 0
    say(
        f"library   {status.library}\npapers    {status.papers}\nauthors   {status.authors}\n"
        f"pending   {status.pending} not yet found by their meaning\nembedder  {status.embedder}\n"
        f"model     {model_line(status.llm)}\n"
        f"indexes   {'healthy' if status.healthy else status.problem}"
    )
    for server in status.offers:
        say(offer(server))
    return 0


def _rebuild(assistant: Assistant, options: argparse.Namespace) -> int:
    with progress_shown() as progress:
        assistant.rebuild(progress)
    if options.json:
        print_json({"papers": assistant.paper_count(), "pending": assistant.pending()})
    else:
        say(f"Both indexes are rebuilt from {assistant.paper_count()} papers.")
    return 0


def _evaluate(assistant: Assistant, options: argparse.Namespace) -> int:
    questions = read_questions(options.file)
    if not questions:
        raise EvaluationError(f"There are no questions in {options.file}. Write one a line.")
    golds = [gold_of(asked.line, f"question {asked.id} of {options.file}") for asked in questions]
    answers = (assistant.ask(asked.question, asked.history).answer for asked in questions)
    scores = score(zip(golds, answers, strict=True))
    if options.json:
        print_json({kind: asdict(of_kind) for kind, of_kind in scores.items()})
        return 0
    for kind, of_kind in scores.items():
        say(f"{kind:14}" + "  ".join(f"{name} {value:g}" for name, value in asdict(of_kind).items()))
    return 0


def _filters(options: argparse.Namespace) -> Filters:
    sources = tuple(map(_source, options.source))
    return Filters(authors=tuple(options.author), venue=options.venue, years=options.year, sources=sources)


def _source(written: str) -> str:
    """A file as filters name it: by its name alone, or by its whole path where one was written."""
    path = source_name(Path(written))
    return path if os.path.dirname(written) else os.path.basename(path)


_COMMANDS = {
    "ingest": _ingest,
    "search": _search,
    "ask": _ask,
    "author": _author,
    "compare": _compare,
    "export": _export,
    "chat": _chat,
    "status": _status,
    "rebuild": _rebuild,
    "eval": _evaluate,
}
