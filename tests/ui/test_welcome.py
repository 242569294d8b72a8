from types import SimpleNamespace
from typing import Any

import pytest

from rag.ui.chat import arriving, welcome


@pytest.mark.parametrize("venue", ["Sea J.", "Oceans"])
def test_a_venue_that_ends_in_a_stop_gets_no_other(venue: str) -> None:
    overview: Any = SimpleNamespace(papers=2, author_names=(), authors=0, years=None, venues=(venue,))
    shown = welcome._holdings(overview).replace("\\", "")
    assert f"from {venue.rstrip('.')}. Answers cite them" in shown


def test_a_silent_model_is_noticed_soon() -> None:
    assert arriving.STALLED_SECONDS <= 8
