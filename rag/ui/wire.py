"""What this server tells browsers: where it is, and that its page speaks to nobody else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit would look for its server below the address of each page, and report in the console that it is not there.
_WHERE = b'<script>window.__streamlit = { BACKEND_BASE_URL: new URL("./", location.href).href };</script>'
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# Streamlit styles its page inline, compiles charts in it, and imports our components from memory.
_POLICY = (
    "default-src 'none'; script-src 'self' blob: 'unsafe-eval' {inline}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self' blob: data:; "
    "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)


_IN_PART = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
_OF_ANOTHER = (b"etag", b"last-modified", b"accept-ranges")  # headers that tell of the page as it was


class Wire:
    """Streamlit's server with two things added to every page: its own address, and a content security policy.

    Text from papers and models cannot make the browser ask another host even if it became markup.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def passed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None or message["type"] != "http.response.body":
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    page, policy = _with_address(body)
                    await send({**start, "headers": _headers(start, len(page), policy)})
                    await send({"type": "http.response.body", "body": page})

        await self._app(_whole(scope), receive, passed)


def _whole(scope: Scope) -> Scope:
    """A request for a page as one for all of it, uncompressed: what the browser has may be of another policy."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    if b"text/html" not in dict(headers).get(b"accept", b""):
        return scope
    return {**scope, "headers": [(name, value) for name, value in headers if name not in _IN_PART]}


def _is_page(start: Message) -> bool:
    headers = dict(start["headers"])
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers


@lru_cache(maxsize=4)
def _with_address(page: bytes) -> tuple[bytes, bytes]:
    """The page with the server's address in its head, and the policy that lets only the scripts in it run."""
    page = page.replace(b"<head>", b"<head>" + _WHERE, 1)
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE.findall(page))
    return page, _POLICY.format(inline=" ".join(f"'sha256-{each}'" for each in hashes)).encode()


def _headers(start: Message, length: int, policy: bytes) -> list[tuple[bytes, bytes]]:
    ours = [
        (b"content-length", str(length).encode()),
        (b"content-security-policy", policy),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return [*((name, value) for name, value in start["headers"] if name not in {*dict(ours), *_OF_ANOTHER}), *ours]
