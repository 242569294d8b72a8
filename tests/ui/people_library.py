"""A page over the seeds, invented papers and one whose title and authors are hostile."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from page_server import ROOT, serving
from playwright.sync_api import Browser, Page

from rag.assistant import Assistant
from rag.settings import Settings

MALLORY = "<img src=http://evil.example/a.png onerror=alert(1)> :red[Mallory]"
HOSTILE = {
    "id": "hostile",
    "title": "![x](http://evil.example/t.png) <b>Bold</b> :material/home: $x$ Claims",
    "abstract": "We propose <script>alert(1)</script> a method called EvilNet. It reaches 9.9 [3] on ![x](http://evil).",
    "authors": [MALLORY, "Trent <i>Ghost</i>", "Peggy Row", "Victor Dale"],
    "year": 2020,
}


@contextmanager
def serving_people(folder: Path) -> Iterator[str]:
    """The address of the page."""
    (folder / "hostile.jsonl").write_text(json.dumps(HOSTILE))
    with Assistant(Settings(folder / "library")) as assistant:
        assistant.ingest([ROOT / "seeds", ROOT / "tests/fixtures/answers_papers.jsonl", folder / "hostile.jsonl"])
    with serving(folder) as address:
        yield address


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Page]:
    """A visitor; afterwards nothing may have gone wrong in the browser or been asked of another host."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    wrong: list[str] = []
    own = (address, address.replace("http", "ws"), "blob:", "data:")
    page.on("request", lambda request: request.url.startswith(own) or wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # Streamlit looks for its server below the page's own address first.
    page.on(
        "console",
        lambda message: (
            message.type not in ("error", "warning")
            or "/_stcore/" in message.location["url"]
            or wrong.append(message.text)
        ),
    )
    yield page
    page.close()
    assert wrong == []
