"""Streamlit's own files, kept in memory: reading about a hundred of them is most of what a first visit asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_IN_PART = {b"range", b"if-none-match", b"if-modified-since"}


class Assets:
    """A server whose files that never change, as `Cache-Control: immutable` says, are read from disk only once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, tuple[Message, ...]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a whole file from memory, and pass any other on."""
        if scope["type"] != "http" or scope["method"] != "GET" or _IN_PART & dict(scope["headers"]).keys():
            await self._app(scope, receive, send)
            return
        if kept := self._kept.get(scope["path"]):
            for message in kept:
                await send(message)
            return
        answer: list[Message] = []

        async def noted(message: Message) -> None:
            if answer or _never_changes(message):
                answer.append(message)
            await send(message)

        await self._app(scope, receive, noted)
        if len(answer) > 1 and not answer[-1].get("more_body", False):  # else its reader went away in the middle
            body = b"".join(message.get("body", b"") for message in answer[1:])
            self._kept[scope["path"]] = answer[0], {"type": "http.response.body", "body": body}


def _never_changes(start: Message) -> bool:
    if start["type"] != "http.response.start" or start["status"] != 200:
        return False
    headers = dict(start["headers"])
    return b"immutable" in headers.get(b"cache-control", b"") and b"content-encoding" not in headers
