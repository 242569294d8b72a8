import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from rag.ui.wire import Wire


def answered(headers: list[tuple[bytes, bytes]], body: bytes, accept: bytes = b"text/html,*/*") -> tuple[Any, bytes]:
    """The headers and the body that a browser gets of an application's answer, and what the application was asked."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert b"text/html" not in accept or set(dict(scope["headers"])) == {b"accept"}
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:9], "more_body": True})
        await send({"type": "http.response.body", "body": body[9:]})

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asked = {
        "type": "http",
        "headers": [(b"accept", accept), (b"accept-encoding", b"gzip"), (b"if-none-match", b'"as-it-was"')],
    }
    with pytest.raises(StopIteration):  # nothing in it waits, and the browser's own loop may be running
        Wire(application)(asked, None, send).send(None)  # type: ignore[arg-type]
    return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_a_page_gets_its_address_and_a_policy() -> None:
    page = b"<html><head><script>window.x = 1</script></head></html>"
    headers, body = answered(
        [(b"content-type", b"text/html"), (b"content-length", b"55"), (b"etag", b'"as-it-was"')], page
    )
    assert b"etag" not in headers, "the page is another than the one that has it"
    assert b"window.__streamlit" in body
    assert headers[b"content-length"] == str(len(body)).encode()
    policy = headers[b"content-security-policy"].decode()
    assert len(re.findall("'sha256-", policy)) == 2, "both scripts of the page may run, and no other"
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


@pytest.mark.parametrize("kind", [b"text/javascript", b"application/json"])
def test_what_is_no_page_is_passed_on_as_it_is(kind: bytes) -> None:
    headers, body = answered([(b"content-type", kind)], b"window.location", b"*/*")
    assert headers == {b"content-type": kind}
    assert body == b"window.location"


@pytest.mark.timeout(120)
def test_a_page_may_be_opened_by_its_address_and_asks_no_other_host(context: BrowserContext, first_visit: Any) -> None:
    with context.new_page() as page:
        wrong: list[str] = []
        page.on("console", lambda message: message.type != "error" or wrong.append(message.text))
        page.goto(f"{first_visit.url}/authors")
        page.get_by_role("heading", name="Authors").wait_for()
        assert wrong == []
        refused = "fetch('http://127.0.0.2:9/x').then(() => 'asked', () => 'refused')"
        assert page.evaluate(refused) == "refused"
        assert any("Content Security Policy" in text for text in wrong)
