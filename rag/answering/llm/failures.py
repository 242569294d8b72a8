"""What went wrong with a language model, as one sentence that says so and what to do."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

import httpx

from rag.answering.llm.problems import ContextExceeded
from rag.answering.llm.refusal import Refusal
from rag.errors import LanguageModelError
from rag.settings import Endpoint

QUOTED = 160  # characters of what the server says
KEY_REFUSED = re.compile(r"\b(?:api|access)[ _-]?key|unauthenticated|authentication|bearer", re.IGNORECASE)
SECRET = re.compile(r"\b(?:sk|pk|gsk|key|xai|hf|bearer|basic)[-_ ]\S*|\S{20,}|\S*\*{3,}\S*", re.IGNORECASE)


def failure(
    error: BaseException, endpoint: Endpoint, offered: tuple[str, ...] = (), *, begun: bool = False
) -> LanguageModelError:
    """What `error` means to the user.

    Args:
        error: What a request to the endpoint raised.
        endpoint: Where it went.
        offered: The models of that server, when one is missing.
        begun: Whether some of the answer had come.
    """
    if isinstance(error, LanguageModelError):
        return error
    refusal = Refusal(error)
    if refusal.exceeds_context:
        return ContextExceeded(refusal.window)
    if refusal.status is not None:
        return LanguageModelError(_refused(refusal, endpoint, offered))
    if refusal:
        return LanguageModelError(
            f"The language model{_at(endpoint)} broke off with an error{_quoted(refusal.words, endpoint)}. "
            "Ask again; if it happens again, see what its server's log says."
        )
    chain = list(_chain(error))
    return LanguageModelError(_unreached(chain, endpoint) or _broken_off(chain, endpoint, begun))


def not_listed(endpoint: Endpoint, offered: tuple[str, ...]) -> str:
    """The server has other models than the one chosen."""
    there = f"It offers {_few(offered)}: set RAG_LLM_MODEL to one of them" if offered else "Check RAG_LLM_MODEL"
    return f"The server{_at(endpoint)} does not have the model {endpoint.model or 'that was asked for'}. {there}."


def _at(endpoint: Endpoint) -> str:
    return f" at {endpoint.address}" if endpoint.address else ""


def _refused(refusal: Refusal, endpoint: Endpoint, offered: tuple[str, ...]) -> str:
    at, status = _at(endpoint), refusal.status or 0
    if status in (401, 403) or (status == 400 and KEY_REFUSED.search(refusal.words)):
        return _not_allowed(status, endpoint)
    if refusal.misses_model or (status == 404 and offered):
        return not_listed(endpoint, offered)
    if status == 404:
        return (
            f"The server{at} has nothing at the address of a language model (404). "
            "Check RAG_LLM_BASE_URL and RAG_LLM_MODEL."
        )
    if 300 <= status < 400:
        return (
            f"The server{at} points to another address, which is not followed so that nothing is sent "
            "elsewhere. Set RAG_LLM_BASE_URL to the address where the language model is."
        )
    quoted = _quoted(refusal.words, endpoint)
    if refusal.wants_money:
        return f"The account{at} has no credit left{quoted}. Add some there, or choose another server."
    if status == 429:
        return f"The language model's server{at} has too many requests{quoted}. {_later(refusal.wait)}"
    if status >= 500:
        return _broken(status, refusal.wait, at, quoted)
    return (
        f"The language model's server{at} refused the request (error {status}{quoted}). "
        "Check RAG_LLM_MODEL and RAG_LLM_BASE_URL, or choose another model."
    )


def _not_allowed(status: int, endpoint: Endpoint) -> str:
    at = _at(endpoint)
    key = "RAG_LLM_API_KEY" if endpoint.base_url else "RAG_LLM_API_KEY (or OPENAI_API_KEY)"
    if status == 403:
        return (
            f"The language model's server{at} does not allow this model or this place (403). "
            f"Check what the key in {key} may use, or choose another model in RAG_LLM_MODEL."
        )
    if endpoint.api_key:
        return f"The language model's server{at} does not accept the key. Correct {key}."
    return f"The language model's server{at} asks for a key. Set {key}."


def _broken(status: int, wait: float | None, at: str, quoted: str) -> str:
    if status == 503:
        return f"The language model's server{at} is not ready or overloaded (503). {_later(wait)}"
    return (
        f"The language model's server{at} failed (error {status}{quoted}). "
        "Ask again; if it happens again, see what the server's log says."
    )


def _later(seconds: float | None) -> str:
    return "Ask again in a minute." if seconds is None else f"Ask again in {max(1, round(seconds))} seconds."


def _unreached(chain: list[BaseException], endpoint: Endpoint) -> str | None:
    """Of errors on the way to the server; None if it was reached."""
    at, host = _at(endpoint), "" if endpoint.private else f" {endpoint.host}"
    there = "Check RAG_LLM_BASE_URL" if endpoint.base_url else "Check this machine's connection to the internet"
    if _among(chain, socket.gaierror):
        return f"The language model's server{host} was not found: no such name is known. {there}."
    if _among(chain, ssl.SSLError) or any(
        "[SSL" in str(link) for link in chain if isinstance(link, httpx.ConnectError)
    ):
        return (
            f"No secure connection to the language model's server{at} can be made. "
            "Check that RAG_LLM_BASE_URL begins with the right one of http:// and https://, "
            "and the server's certificate."
        )
    if _among(chain, httpx.ConnectTimeout):
        return f"The language model's server{at} does not answer the call for a connection. {there}."
    if _among(chain, httpx.ProxyError):
        return (
            f"The proxy on the way to the language model{at} refuses the connection. "
            f"Check the proxy, or name{host or ' its host'} in NO_PROXY."
        )
    if _among(chain, httpx.ConnectError, ConnectionRefusedError):
        start = "Start it, or check RAG_LLM_BASE_URL" if endpoint.base_url else there
        return f"No language model's server can be reached{at}. {start}."
    return None


def _broken_off(chain: list[BaseException], endpoint: Endpoint, begun: bool) -> str:
    at = _at(endpoint)
    if _among(chain, httpx.TimeoutException):
        if begun:
            return f"The language model{at} fell silent in the middle of its answer. Ask again."
        return (
            f"The language model{at} did not begin to answer in time. "
            "Ask again, or choose a smaller model or a faster server."
        )
    if _among(chain, httpx.TransportError):
        if begun:
            return f"The connection to the language model{at} was lost in the middle of its answer. Ask again."
        return (
            f"The language model's server{at} closed the connection without an answer. "
            "Check that RAG_LLM_BASE_URL is right and see what the server's log says."
        )
    return (
        f"The server{at} answers in a form that no language model's server should. "
        "Check that RAG_LLM_BASE_URL leads to a server that speaks OpenAI's protocol."
    )


def _among(chain: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(link, kinds) for link in chain)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _quoted(words: str, endpoint: Endpoint) -> str:
    """The server's words, cut short, without anything that may be a key or a part of it; none of a private one's."""
    if endpoint.private:
        return ""
    key = endpoint.api_key or ""
    if any(key[start : start + 6] in words for start in range(max(1, len(key) - 5))) if len(key) >= 6 else False:
        return ""
    words = SECRET.sub("…", words)[:QUOTED].strip().rstrip(".")
    return f": “{words}”" if words else ""


def _few(models: tuple[str, ...]) -> str:
    return ", ".join(models[:4]) + (f" and {len(models) - 4} more" if len(models) > 4 else "")
