"""How soon a user has something in hand: `python benchmarks/startup.py`, on the seeds.

Prints the median seconds of `rag --help`, of a cold `rag search`, and from starting the page's server
to the first cited answer on the screen, on the first start (the seeds are read) and on a later one.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "ui"))

from page_server import FLAGS, chromium, serving  # noqa: E402

QUESTION = "What FID does DPT reach on ImageNet 256x256 with one label per class?"
RUNS = 5


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        library = str(Path(folder) / "library")
        run("ingest", str(ROOT / "seeds"), "--library", library)
        print_median("rag --help", [run("--help") for _ in range(RUNS)])
        print_median("rag search, cold", [run("search", "spiking networks", "--library", library) for _ in range(RUNS)])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        first, later = [], []
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                first.append(first_answer(browser, Path(folder)))
                later.append(first_answer(browser, Path(folder)))
        browser.close()
    print_median("server start to cited answer, first start", first)
    print_median("server start to cited answer, later start", later)


def run(*arguments: str) -> float:
    """Seconds that one command takes."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "rag.cli", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=os.environ)  # noqa: S603
    return time.perf_counter() - began


def first_answer(browser: Browser, folder: Path) -> float:
    """Seconds from starting the server to a citation of the first answer on the screen."""
    began = time.perf_counter()
    with serving(folder) as url:
        page = browser.new_page()
        page.goto(url)
        page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
        page.keyboard.press("Enter")
        page.get_by_role("link", name="[1]").first.wait_for()
        seconds = time.perf_counter() - began
        page.close()
    return seconds


def print_median(name: str, seconds: list[float]) -> None:
    """One line: the median, and the range it comes from."""
    sys.stdout.write(
        f"{name:45} {statistics.median(seconds):6.2f} s  ({min(seconds):.2f} to {max(seconds):.2f}, n={len(seconds)})\n"
    )


if __name__ == "__main__":
    main()
