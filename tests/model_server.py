"""A model server on loopback that answers by a script, faults included.

    with ModelServer(["One delta", " and another."]) as server:
        LanguageModel(Endpoint("any", server.url)).stream(...)
        assert server.chats[0]["temperature"] == 0

A script is an answer for every question, or a function from the JSON that was asked to an answer. An answer is
a text (sent word by word), a list of deltas, a `Says` or a `Fails`. `in_turn` makes one script of several.
"""

from __future__ import annotations

import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Says:
    """A streamed answer, or a whole one if the question does not ask for a stream.

    Attributes:
        deltas: Texts; a dictionary is sent as the delta it is, bytes as they are.
        finish: The finish reason; None ends the stream without one.
        delay: Seconds before each delta.
        first: Seconds before the first.
        stall_after: After how many deltas the server falls silent.
        drop_after: After how many deltas it closes the connection, mid-chunk.
        pings: Whether comments are sent while it is silent.
    """

    deltas: Iterable[str | dict[str, Any] | bytes]
    finish: str | None = "stop"
    delay: float = 0.0
    first: float = 0.0
    stall_after: int | None = None
    drop_after: int | None = None
    pings: bool = False


@dataclass
class Fails:
    """An answer with an error's status; `body` is JSON, or text as it is. Status 0 closes the connection at once."""

    status: int
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)


Answer = str | list[str] | Says | Fails
Script = Answer | Callable[[dict[str, Any]], Answer]


@dataclass
class Request:
    """What was asked; the names of headers are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    json: Any


def in_turn(*answers: Answer) -> Callable[[dict[str, Any]], Answer]:
    """One answer after another; the last one for all questions that remain."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def words(text: str) -> list[str]:
    """A text in deltas of a word each, spaces kept."""
    return re.findall(r"\s*\S+|\s+$", text)


class ModelServer:
    """Serves from `with` to its end.

    Attributes:
        url: Its address with `/v1`; `origin` is without.
        script: How questions are answered; may be exchanged at any time.
        models: The names it lists, or the entries as they are.
        pages: What other paths answer: JSON, or a `Fails`. It may overrule `/v1/models`.
        requests: What was asked, in order; `chats` are the JSON bodies of questions alone.
        sent: How many deltas were sent in all.
        accepted: How many connections were made.
        hung_up: Set when a client closed the connection before its answer was complete.
    """

    def __init__(self, script: Script = "Yes.", models: Iterable[str | dict[str, Any]] = ("small",)) -> None:
        self.script = script
        self.models = list(models)
        self.pages: dict[str, Any] = {}
        self.requests: list[Request] = []
        self.sent = 0
        self.accepted = 0
        self.hung_up = threading.Event()
        self.closing = threading.Event()
        self.connections: set[socket.socket] = set()
        self._http = _Http(self)
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self.url = f"{self.origin}/v1"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def chats(self) -> list[dict[str, Any]]:
        return [request.json for request in self.requests if request.path.endswith("/chat/completions")]

    def __enter__(self) -> ModelServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        for connection in list(self.connections):
            with suppress(OSError):  # it may be closed already
                connection.shutdown(socket.SHUT_RDWR)
        self._http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, model_server: ModelServer) -> None:
        self.model_server = model_server
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error of the server."""
        self.model_server.hung_up.set()


class _HungUp(Exception):
    """The client closed the connection."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Http

    def setup(self) -> None:
        super().setup()
        self.our = self.server.model_server
        self.our.connections.add(self.connection)
        self.our.accepted += 1

    def finish(self) -> None:
        self.our.connections.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._note(None)
        self._page(self.path.partition("?")[0])

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._note(asked)
        path = self.path.partition("?")[0]
        if path in self.our.pages or not path.endswith("/v1/chat/completions"):
            return self._page(path)
        script = self.our.script
        answer = script(asked) if callable(script) else script
        if isinstance(answer, str):
            answer = Says(words(answer))
        elif isinstance(answer, list):
            answer = Says(answer)
        try:
            if isinstance(answer, Fails):
                self._fail(answer)
            elif asked.get("stream"):
                self._stream(answer)
            else:
                self._whole(answer)
        except (_HungUp, OSError):
            self.our.hung_up.set()
            self.close_connection = True

    def _note(self, asked: Any) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.our.requests.append(Request(self.command, self.path, headers, asked))

    def _page(self, path: str) -> None:
        listed = [{"id": model, "object": "model"} if isinstance(model, str) else model for model in self.our.models]
        pages = {"/v1/models": {"object": "list", "data": listed}} | self.our.pages
        page = pages.get(path, Fails(404, "<html>not found</html>"))
        if isinstance(page, Fails):
            self._fail(page)
        else:
            self._send(200, json.dumps(page).encode())

    def _fail(self, fault: Fails) -> None:
        if fault.status == 0:
            self.close_connection = True
            return
        body = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
        self._send(fault.status, body.encode(), fault.headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        kind = "text/html" if body.startswith(b"<") else "application/json"
        for name, value in ({"Content-Type": kind} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _whole(self, answer: Says) -> None:
        text = "".join(delta for delta in answer.deltas if isinstance(delta, str))
        choice = {"index": 0, "finish_reason": answer.finish, "message": {"role": "assistant", "content": text}}
        self._send(200, json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode())

    def _stream(self, answer: Says) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._wait(answer.first, pings=answer.pings)
        self._event({"role": "assistant", "content": ""}, None)
        for sent, delta in enumerate(answer.deltas):
            if sent == answer.drop_after:
                return self._drop()
            if sent == answer.stall_after:
                self._wait(3600, pings=answer.pings)
            self._wait(answer.delay)
            self.our.sent += 1  # before the client can have it
            if isinstance(delta, bytes):
                self._chunk(delta)
            else:
                self._event(delta if isinstance(delta, dict) else {"content": delta}, None)
        if answer.finish is not None:
            self._event({}, answer.finish)
            self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, delta: dict[str, Any], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "small", "choices": [choice]}
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _wait(self, seconds: float, *, pings: bool = False) -> None:
        """Notice within the time whether the client hangs up or the server is to close."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            if select.select([self.connection], [], [], max(0.0, min(left, 0.02)))[0] or self.our.closing.is_set():
                raise _HungUp
            if left <= 0:
                return
            if pings:
                self._chunk(b": ping\n\n")
