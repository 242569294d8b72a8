"""What a model server says when it does not answer."""

from __future__ import annotations

import json
import re
import time
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

CONTEXT = re.compile(
    r"context[ _]?(?:length|window|size)|exceed_context_size|context_length_exceeded|context overflow|"
    r"(?:prompt|input) is too long|maximum (?:context|input|sequence)",
    re.IGNORECASE,
)
WINDOW = re.compile(
    r"(?:context (?:length|window|size)|maximum [a-z ]*length)[a-z ]*\(?\s*([\d,]{3,})"
    r"|([\d,]{3,})[- ]tokens? (?:context|window)",
    re.IGNORECASE,
)
MISSING = re.compile(r"model\b.*(?:not|n't)\b.*\b(?:found|exist|available|loaded)|no models? loaded", re.IGNORECASE)


class Refusal:
    """What a server said when it did not answer: the status, and its own words."""

    def __init__(self, error: BaseException) -> None:
        response = getattr(error, "response", None)
        self.status: int | None = response.status_code if isinstance(response, httpx.Response) else None
        self._headers = response.headers if isinstance(response, httpx.Response) else httpx.Headers()
        body = error.body if hasattr(error, "body") else _body(response)
        if isinstance(body, dict) and isinstance(body.get("error"), dict | str):
            body = body["error"]
        self._fields: dict[str, Any] = body if isinstance(body, dict) else {}
        self.words = _words(body)

    def __bool__(self) -> bool:
        return self.status is not None or bool(self.words)

    @property
    def exceeds_context(self) -> bool:
        """Whether the prompt was too long."""
        kinds = f"{self._fields.get('code')} {self._fields.get('type')} {self.words}"
        return bool(CONTEXT.search(kinds)) and self.status not in (401, 403, 404, 429)

    @property
    def window(self) -> int | None:
        """How many tokens there may be, if the server says so."""
        told = self._fields.get("n_ctx")
        if isinstance(told, int) and told > 0:
            return told
        found = WINDOW.search(self.words)
        return int((found[1] or found[2]).replace(",", "")) if found else None

    @property
    def misses_model(self) -> bool:
        """Whether the model is not there."""
        return self.status in (404, 400) and bool(MISSING.search(self.words))

    @property
    def wants_money(self) -> bool:
        """Whether the account is empty."""
        return self.status == 402 or self._fields.get("code") == "insufficient_quota"

    @property
    def wait(self) -> float | None:
        """After how many seconds the server wants to be asked again."""
        told = self._headers.get("retry-after", "")
        try:
            return max(0.0, float(told))
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
        except ValueError:
            return None


def _body(response: object) -> object:
    if not isinstance(response, httpx.Response):
        return None
    try:
        return response.json()
    except (ValueError, httpx.ResponseNotRead):
        return None


def _words(body: object) -> str:
    """The sentence in an error's body, in whichever of the usual places it stands."""
    if isinstance(body, dict):
        body = next((body[name] for name in ("message", "error", "detail") if body.get(name)), "")
    if isinstance(body, list | dict):
        body = json.dumps(body, ensure_ascii=False)
    text = " ".join(body.split()) if isinstance(body, str) else ""
    return "" if text.startswith("<") else text
