"""Whether answers by language models cite and check as they should.

`python benchmarks/checked_answers.py QUESTIONS.jsonl`: the questions are about the seeds (or another library with
`--library`), in the form that `rag eval answers` reads. They are answered by

- a faithful model, which restates sentences of the gold papers, cites them in many styles, or declines;
- a liar, which alters one number in each answer that has one;
- SmolLM2-135M behind llama.cpp's server, which writes nonsense (`--runs 3` asks everything three times, 0 never).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from real_model import real_server  # noqa: E402
from trials import asking, claim_count, dangling, read_lines, scripted, unmarked_numbers  # noqa: E402

from rag.assistant import Assistant  # noqa: E402
from rag.settings import Settings  # noqa: E402
from rag.types import Answer  # noqa: E402


def main() -> None:
    """Ask, count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--library", type=Path, help="a library that is there already, instead of the seeds")
    parser.add_argument("--runs", type=int, default=1, help="how often SmolLM2 is asked (1)")
    options = parser.parse_args()
    lines = read_lines(options.questions)
    with tempfile.TemporaryDirectory() as folder:
        library = options.library or Path(folder)
        if not options.library:
            with Assistant(Settings(library)) as assistant:
                assistant.ingest([ROOT / "seeds"])
        report_faithful(library, lines)
        report_liar(library, lines)
        for run in range(options.runs):
            report_nonsense(library, lines, run + 1)


def report_faithful(library: Path, lines: list[dict[str, Any]]) -> None:
    """Precision and recall of the papers cited, and false alarms."""
    trials = list(scripted(library, lines, lying=False))
    cited, wanted = sum(len(trial.cited) for trial in trials), sum(len(trial.wanted) for trial in trials)
    right = sum(len(trial.cited & trial.wanted) for trial in trials)
    claims = sum(len(trial.said) for trial in trials)
    alarms = sum(len(trial.answer.unsupported) for trial in trials)
    say(f"faithful  citation precision {right / cited:.3f}, recall {right / wanted:.3f}, ")
    say(f"false alarms {alarms} of {claims} sentences ({alarms / claims:.1%})\n")
    for trial in trials:
        if trial.cited != trial.wanted or trial.answer.unsupported:
            show(trial.line, trial.answer)


def report_liar(library: Path, lines: list[dict[str, Any]]) -> None:
    """How many of the altered sentences are marked."""
    lies = [trial for trial in scripted(library, lines, lying=True) if trial.lie]
    marked = sum(trial.marked for trial in lies)
    say(f"liar      {marked} of {len(lies)} altered sentences marked ({marked / len(lies):.1%})\n")
    for trial in lies:
        if not trial.marked:
            show(trial.line, trial.answer)


def report_nonsense(library: Path, lines: list[dict[str, Any]], run: int) -> None:
    """Whether nothing dangles and no number passes, whatever the model writes."""
    with real_server() as server, asking(library, server.url, server.name, llm_max_output=200) as ask:
        answers = [ask(line) for line in lines]
    written = [answer for answer in answers if answer.model == server.name and not answer.refused]
    loose = sum(bool(dangling(answer)) for answer in answers)
    passed = [sentence for answer in answers for sentence in unmarked_numbers(answer)]
    marked = sum(len(answer.unsupported) for answer in answers)
    say(
        f"SmolLM2   run {run}: {len(written)} of {len(answers)} answers written by it, {loose} with a dangling marker, "
    )
    say(f"{marked} of {sum(map(claim_count, written))} sentences marked, {len(passed)} unsupported numbers unmarked\n")
    for sentence in passed:
        sys.stderr.write(f"  {sentence!r}\n")


def show(line: dict[str, Any], answer: Answer) -> None:
    """An answer that is not as it should be."""
    sys.stderr.write(f"  {line['id']} {line['question']}\n    {answer.answer!r}\n")


def say(text: str) -> None:
    """Print without waiting for the line's end."""
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
