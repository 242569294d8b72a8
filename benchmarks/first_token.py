"""What we add to a model's time to its first token: `python benchmarks/first_token.py QUESTIONS.jsonl --library DIR`.

Every question is asked twice of a model server on loopback that answers at once: by the assistant, with all it does
before (understanding, retrieval, gate, prompt), and directly, with the same prompt and plain HTTP, after every question
has been asked once. Prints the medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from model_server import ModelServer  # noqa: E402
from trials import read_lines  # noqa: E402

from rag.assistant import Assistant  # noqa: E402
from rag.settings import Endpoint, Settings  # noqa: E402

REPLY = "The papers say a great deal about this [1]."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--library", type=Path, help="the library; the seeds alone without it")
    options = parser.parse_args()
    lines = [line for line in read_lines(options.questions) if not line.get("history")]
    with tempfile.TemporaryDirectory() as folder, ModelServer(REPLY) as server:
        settings = Settings(options.library or Path(folder), llm=Endpoint("scripted", server.url))
        with Assistant(settings) as assistant, httpx.Client() as client:
            if not options.library:
                assistant.ingest([ROOT / "seeds"])
            for line in lines:  # warm: libraries loaded, files read
                assistant.ask(line["question"]).answer  # noqa: B018
            ours, direct = [], []
            for line in lines:
                before = len(server.chats)
                began = time.perf_counter()
                stream = assistant.ask(line["question"])
                next(stream)
                ours.append(time.perf_counter() - began)
                stream.answer  # noqa: B018 - reads the rest
                if len(server.chats) == before:
                    ours.pop()  # refused before the model was asked
                else:
                    direct.append(first_token(client, server))
            print_medians(assistant.paper_count(), ours, direct)


def first_token(client: httpx.Client, server: ModelServer) -> float:
    """Seconds from asking the last question again, directly, to the first text."""
    began = time.perf_counter()
    with client.stream("POST", f"{server.url}/chat/completions", json=server.chats[-1]) as response:
        for line in response.iter_lines():
            if '"content": "T' in line or '"content":"T' in line:
                return time.perf_counter() - began
    raise RuntimeError("the server sent no text")


def print_medians(papers: int, ours: list[float], direct: list[float]) -> None:
    """One line: medians in milliseconds and their difference."""
    added = [mine - plain for mine, plain in zip(ours, direct, strict=True)]
    mine, plain, more = (1000 * statistics.median(times) for times in (ours, direct, added))
    sys.stdout.write(
        f"{papers} papers, {len(ours)} questions: first token after {mine:.0f} ms, directly {plain:.0f} ms; "
        f"added {more:.0f} ms (median), {1000 * max(added):.0f} ms (most)\n"
    )


if __name__ == "__main__":
    main()
