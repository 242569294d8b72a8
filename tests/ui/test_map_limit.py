"""The map's own script in a browser, without a server: a selection too large to ask about."""

import base64

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from rag.retrieval.library_map import LibraryMap
from rag.ui.library.map import _HERE, _PARTS, packed
from rag.ui.navigation import MOST_ASKED

SHOW = """(bytes) => show({
  data: Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0)), parentElement: document.body, setTriggerValue() {},
})"""

pytestmark = pytest.mark.timeout(120)


def chart(sizes: tuple[int, ...]) -> LibraryMap:
    """A map with so many papers in each of its themes."""
    ids = tuple(str(number) for number in range(sum(sizes)))
    places = np.linspace(0, 1, len(ids), dtype=np.float32)
    theme = np.repeat(np.arange(len(sizes), dtype=np.uint8), sizes)
    labels = tuple(f"theme {number}" for number in range(len(sizes)))
    centres = np.full((len(sizes), 2), 0.5, dtype=np.float32)
    return LibraryMap("m", ids, ids, np.zeros(len(ids), np.uint16), places, places, theme, labels, centres, 0)


def test_a_selection_that_is_too_large_to_ask_about_says_so(browser: Browser) -> None:
    script = "\n".join((_HERE / part).read_text() for part in _PARTS).replace(
        "export default function", "function show"
    )
    with browser.new_page() as page:
        page.set_content((_HERE / "map.html").read_text())
        page.add_script_tag(content=script)
        page.evaluate(SHOW, base64.b64encode(packed(chart((MOST_ASKED, 1)))).decode())
        ask = page.get_by_role("button", name="Ask about these")

        page.get_by_role("button", name="theme 0").click()
        expect(page.get_by_role("status")).to_have_text("5,000 papers selected")
        expect(ask).to_be_enabled()
        page.get_by_role("button", name="theme 1").click()
        expect(page.get_by_role("status")).to_have_text(
            "5,001 papers selected. Choose at most 5,000 papers to ask about."
        )
        expect(ask).to_be_disabled()
        page.get_by_role("button", name="theme 0").click()
        expect(ask).to_be_enabled()
