"""HTTP to one model server, and to no other: what is sent, and what may become known of it.

The key is put into requests at the last moment, so that no library above can log it or pass it on.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from rag.errors import LanguageModelError
from rag.settings import OPENAI, Endpoint

CONNECT = 5.0  # seconds
WRITE = 30.0
LEAVE = 0.1
LONGEST_BODY = 16_000_000  # bytes; what is longer is no answer, and nobody should keep it

SENT = {"host", "accept", "connection", "content-type", "content-length", "user-agent"}
RECEIVED = {"content-type", "content-length", "transfer-encoding", "retry-after"}


@dataclass
class Patience:
    """For how many seconds the server of a request may be silent; any byte of it ends the silence."""

    seconds: float


PATIENCE: ContextVar[Patience] = ContextVar("PATIENCE")
"""Of the task that makes a request."""


def base_urls(endpoint: Endpoint) -> list[str]:
    """Where the protocol may be spoken, the likeliest first, without user and password."""
    parts = urlsplit(endpoint.base_url or OPENAI)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    if not path:
        return [f"{origin}/v1", origin]
    return [origin + path] if path.endswith("/v1") else [origin + path, f"{origin}{path}/v1"]


def connect(endpoint: Endpoint) -> httpx.AsyncClient:
    """A client that speaks to this server only.

    Raises:
        LanguageModelError: The key or the address cannot be sent, or the proxy cannot be used.
    """
    url = urlsplit(endpoint.base_url or OPENAI)
    try:
        inner = httpx.AsyncHTTPTransport(
            verify=url.scheme == "https", proxy=_proxy(url.scheme, url.hostname or ""), limits=httpx.Limits()
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        raise LanguageModelError(
            f"The proxy that this machine's environment names for {url.scheme} cannot be used. "
            f"Correct it, or name {'its host' if endpoint.private else url.hostname} in NO_PROXY."
        ) from None
    return httpx.AsyncClient(
        transport=_Sealed(inner, _authorization(endpoint), url.query),
        timeout=httpx.Timeout(None, connect=CONNECT, write=WRITE),
        follow_redirects=False,
        trust_env=False,
    )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _proxy(scheme: str, host: str) -> str | None:
    if is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    return proxies.get(scheme) or proxies.get("all")


def _authorization(endpoint: Endpoint) -> str | None:
    url = urlsplit(endpoint.base_url or OPENAI)
    if endpoint.api_key and endpoint.api_key.strip():
        key = endpoint.api_key.strip()
        if not (key.isascii() and key.isprintable()):
            raise LanguageModelError(
                "The language model's key has a character that cannot be sent. "
                "Copy it anew into RAG_LLM_API_KEY (or OPENAI_API_KEY)."
            )
        return f"Bearer {key}"
    if url.username is None:
        return None
    user = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return "Basic " + base64.b64encode(user.encode()).decode("ascii")


class _Sealed(httpx.AsyncBaseTransport):
    """Sends what the protocol needs and no header more, and minds the patience of the task."""

    def __init__(self, inner: httpx.AsyncBaseTransport, authorization: str | None, query: str) -> None:
        self._inner = inner
        self._authorization = authorization
        self._query = query

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        headers = [(name, value) for name, value in request.headers.items() if name.lower() in SENT]
        headers.append(("accept-encoding", "identity"))
        if self._authorization is not None:
            headers.append(("authorization", self._authorization))
        url = request.url.copy_merge_params(httpx.QueryParams(self._query)) if self._query else request.url
        sent = httpx.Request(request.method, url, headers=headers, stream=request.stream, extensions=request.extensions)
        patience = PATIENCE.get(Patience(CONNECT + WRITE))
        try:
            async with asyncio.timeout(patience.seconds):
                response = await self._inner.handle_async_request(sent)
        except TimeoutError:
            raise httpx.ReadTimeout("no answer", request=request) from None
        return httpx.Response(
            response.status_code,
            headers=[(name, value) for name, value in response.headers.items() if name.lower() in RECEIVED],
            stream=_Watched(cast(httpx.AsyncByteStream, response.stream), patience),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Watched(httpx.AsyncByteStream):
    """The body of a response, as long as the patience lasts."""

    def __init__(self, inner: httpx.AsyncByteStream, patience: Patience) -> None:
        self._inner = inner
        self._chunks = aiter(inner)
        self._patience = patience
        self._last = b""
        self._length = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            try:
                async with asyncio.timeout(self._patience.seconds):
                    self._last = await anext(self._chunks)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise httpx.ReadTimeout("silence") from None
            self._length += len(self._last)
            if self._length > LONGEST_BODY:
                raise httpx.DecodingError("too long")
            yield self._last

    async def aclose(self) -> None:
        # Who reads a stream stops at its last event: what closes the body after it has to be read as well,
        # or the next question needs a new connection.
        if self._last.rstrip().endswith(b"[DONE]"):
            with suppress(TimeoutError, httpx.HTTPError):
                async with asyncio.timeout(LEAVE):
                    async for _ in self._chunks:
                        pass
        await self._inner.aclose()
