from collections.abc import Mapping
from typing import Any

import pytest

from rag.ui.assets import Assets

NEVER_CHANGES = {b"cache-control": b"public, immutable, max-age=31536000"}


class Files:
    """An application that counts how often it is asked, and answers in two parts, if its reader stays for them."""

    def __init__(self, headers: Mapping[bytes, bytes], status: int = 200, sent: int = 2) -> None:
        self.headers, self.status, self.sent, self.asked = headers, status, sent, 0
        self.served = Assets(self)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": list(self.headers.items())})
        parts = [b"one, ", scope["path"].encode()]
        for number, part in enumerate(parts[: self.sent], 1):
            await send({"type": "http.response.body", "body": part, "more_body": number < len(parts)})

    def get(self, path: str, method: str = "GET", **headers: bytes) -> tuple[dict[bytes, bytes], bytes]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        given = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": given}
        with pytest.raises(StopIteration):  # nothing in it waits, and the browser's own loop may be running
            self.served(scope, None, send).send(None)  # type: ignore[arg-type]
        return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_a_file_that_never_changes_is_read_once() -> None:
    files = Files(NEVER_CHANGES)
    first = files.get("/static/a.js")
    assert files.get("/static/a.js") == first == (NEVER_CHANGES, b"one, /static/a.js")
    assert files.asked == 1
    assert files.get("/static/b.js")[1] == b"one, /static/b.js"
    assert files.asked == 2


@pytest.mark.parametrize(
    "files",
    [
        Files({b"cache-control": b"no-cache"}),
        Files({}),
        Files(NEVER_CHANGES, status=404),
        Files({**NEVER_CHANGES, b"content-encoding": b"gzip"}),
        Files(NEVER_CHANGES, sent=1),
        Files(NEVER_CHANGES, sent=0),
    ],
    ids=[
        "may change",
        "says nothing",
        "not there",
        "for some browsers only",
        "left in the middle",
        "left at the start",
    ],
)
def test_what_may_be_another_next_time_is_asked_for_again(files: Files) -> None:
    files.get("/static/a.js")
    files.get("/static/a.js")
    assert files.asked == 2


@pytest.mark.parametrize(
    ("method", "headers"), [("HEAD", {}), ("GET", {"range": b"bytes=0-3"}), ("GET", {"if_none_match": b'"etag"'})]
)
def test_a_request_for_less_than_the_file_is_passed_on(method: str, headers: dict[str, bytes]) -> None:
    files = Files(NEVER_CHANGES)
    files.get("/static/a.js")
    files.get("/static/a.js", method, **headers)
    assert files.asked == 2
