"""What came of one run of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value of stdout."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1
        return json.loads(self.out)

    def failed(self, *parts: str) -> None:
        """Exit code 1, nothing on stdout and on stderr one line for the user that has these parts."""
        assert (self.code, self.out) == (1, "")
        assert self.err.startswith("rag: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        for part in parts:
            assert part in self.err


Rag = Callable[..., Ran]
