"""A model server: where it speaks the protocol, what it offers, how much its model can read."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import httpx

from rag.answering.llm.connection import base_urls, connect
from rag.settings import Endpoint

UNLOADED = 4096
QUICK = 2.0  # seconds for what is only good to know
WINDOW_NAMES = ("loaded_context_length", "max_model_len", "context_length", "context_window", "max_context_length")


class Server:
    """The server of an endpoint. All of it belongs to the background loop.

    Raises:
        LanguageModelError: Its address or key cannot be used.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.http = connect(endpoint)
        self._base_urls = base_urls(endpoint)
        self._place = 0
        self._model = endpoint.model

    @property
    def base_url(self) -> str:
        """Where the protocol is spoken."""
        return self._base_urls[self._place]

    @property
    def known_model(self) -> str:
        """The model that answers, "" while that is up to the server and was not asked."""
        return self._model

    def elsewhere(self) -> bool:
        """Turn to the next address; whether there was one, and not the first again."""
        self._place = (self._place + 1) % len(self._base_urls)
        return self._place != 0

    async def model(self) -> str:
        """The model that answers: the one chosen, or the first that the server lists and that can chat."""
        if not self._model:
            listed = names(await self.models())
            self._model = next((name for name in listed if "embed" not in name.lower()), "")
        return self._model

    async def models(self) -> list[dict[str, Any]]:
        """What the server lists, as it does.

        Raises:
            httpx.HTTPError: It cannot be asked.
            ValueError: It does not list models.
        """
        try:
            async with asyncio.timeout(2 * QUICK):
                response = await self._listing()
        except TimeoutError:
            raise httpx.ReadTimeout("no list of models in time") from None
        listed = response.raise_for_status().json()
        listed = listed.get("data") if isinstance(listed, dict) else listed
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            raise ValueError("no list of models")
        return listed

    async def _listing(self) -> httpx.Response:
        while True:
            response = await self.http.get(f"{self.base_url}/models", timeout=httpx.Timeout(None, connect=QUICK))
            if response.status_code != 404 or not self.elsewhere():
                return response

    async def offered(self) -> tuple[str, ...]:
        """The names of its models, none if it does not tell quickly."""
        try:
            async with asyncio.timeout(QUICK):
                return names(await self.models())
        except (httpx.HTTPError, ValueError, TimeoutError):
            return ()

    async def context_window(self) -> tuple[bool, int | None]:
        """Whether the server answers quickly, and how many tokens its model reads and writes at once, if it tells."""
        try:
            async with asyncio.timeout(QUICK):
                listed = await self.models()
                model = await self.model()
                windows = [_told(entry) for entry in listed if _name(entry) == model or len(listed) == 1]
                return True, next(filter(None, windows), None) or await self._other_ways(model)
        except (httpx.HTTPError, ValueError, TimeoutError):
            return False, None

    async def _other_ways(self, model: str) -> int | None:
        """Ask as llama.cpp, LM Studio and Ollama want to be asked, all at once."""
        root = self.base_url.removesuffix("/v1")
        answers = await asyncio.gather(
            self._json("GET", f"{root}/props"),
            self._json("GET", f"{root}/api/v0/models"),
            self._json("GET", f"{root}/api/ps"),
            self._json("POST", f"{root}/api/show", {"model": model}),
        )
        return next(_windows(model, *answers), None)

    async def _json(self, method: str, url: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            response = await self.http.request(method, url, json=body)
            answer = response.raise_for_status().json()
        except (httpx.HTTPError, ValueError):
            return {}
        return answer if isinstance(answer, dict) else {}


def names(listed: list[dict[str, Any]]) -> tuple[str, ...]:
    """The names of the models in a list of them."""
    return tuple(filter(None, map(_name, listed)))


def lists(listed: list[dict[str, Any]], model: str) -> bool:
    """Whether a server that lists these has the model; one of llama.cpp answers to any name."""
    return any(_same(_name(entry), model) or entry.get("owned_by") == "llamacpp" for entry in listed)


def _windows(
    model: str, props: dict[str, Any], studio: dict[str, Any], running: dict[str, Any], shown: dict[str, Any]
) -> Iterator[int]:
    generation = props.get("default_generation_settings")
    if isinstance(generation, dict) and _positive(generation.get("n_ctx")):
        yield generation["n_ctx"]
    for listed in (studio.get("data"), running.get("models")):
        for entry in listed if isinstance(listed, list) else []:
            if isinstance(entry, dict) and _same(_name(entry), model) and (window := _told(entry)):
                yield window
    if set_to := re.search(r"\bnum_ctx\s+(\d+)", str(shown.get("parameters", ""))):
        yield int(set_to[1])


def _told(entry: dict[str, Any]) -> int | None:
    """The window in an entry of a list of models. llama.cpp's `meta` tells what the model was made for as well."""
    meta = entry.get("meta")
    told = [entry.get(name) for name in WINDOW_NAMES] + [meta.get("n_ctx") if isinstance(meta, dict) else None]
    window: int | None = next((window for window in told if _positive(window)), None)
    # LM Studio loads a model when it is asked, with less than it could read.
    return min(window, UNLOADED) if window and entry.get("state") == "not-loaded" else window


def _positive(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _name(entry: dict[str, Any]) -> str:
    name = entry.get("id") or entry.get("name") or entry.get("model")
    return name if isinstance(name, str) else ""


def _same(listed: str, asked: str) -> bool:
    """Whether two names are of one model: Ollama lists `name:latest` for `name`."""
    return listed.removesuffix(":latest") == asked.removesuffix(":latest")
