"""One conversation with a model server through llama-index. Importing this module takes seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import openai
import openai.resources.chat
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.llms.openai_like import OpenAILike

from rag.answering.llm import problems
from rag.answering.llm.connection import CONNECT, PATIENCE, WRITE, Patience
from rag.answering.llm.dialect import Dialect
from rag.answering.llm.failures import failure
from rag.answering.llm.refusal import Refusal
from rag.answering.llm.server import Server
from rag.errors import LanguageModelError
from rag.types import Prompt

FIRST_TOKEN = 90.0  # seconds of silence before the first delta
NEXT_TOKEN = 30.0  # and between two
WORTH_WAITING = 5.0  # seconds, if the server asks for them


@dataclass(frozen=True, slots=True)
class Delta:
    """Some text of an answer, or a thought that the server keeps apart."""

    text: str
    thought: str = ""


Put = Callable[[Delta | LanguageModelError | None], None]


async def converse(server: Server, dialect: Dialect, prompt: Prompt, max_tokens: int, put: Put) -> None:
    """Ask, and `put` each delta, then None or what went wrong."""
    attempt = _Attempt(server, max_tokens, put)
    try:
        await _persist(attempt, dialect, prompt)
    except Exception as error:
        refusal = Refusal(error)
        offered: tuple[str, ...] = ()
        if refusal.status == 404 or refusal.misses_model:
            offered = await server.offered()
        put(failure(error, server.endpoint, offered, begun=attempt.begun))
    else:
        put(attempt.problem)


async def _persist(attempt: _Attempt, dialect: Dialect, prompt: Prompt) -> None:
    """Ask again in the ways the server asks for."""
    waited = False
    while True:
        try:
            return await attempt.ask(dialect.turns(prompt), dialect.parameters(attempt.max_tokens))
        except openai.APIError as error:
            refusal = Refusal(error)
            if attempt.begun or refusal.exceeds_context:
                raise
            if dialect.learn(refusal.status, refusal.words):
                continue
            if refusal.status == 404 and not refusal.misses_model and attempt.server.elsewhere():
                continue
            wait = refusal.wait if refusal.status in (429, 503) else None
            if waited or wait is None or wait > WORTH_WAITING:
                raise
            waited = True
        await asyncio.sleep(wait)


class _Attempt:
    """One question, until it is answered.

    Attributes:
        begun: Whether some of the answer has come.
        problem: What is wrong with the answer, after it has come.
    """

    def __init__(self, server: Server, max_tokens: int, put: Put) -> None:
        self.server = server
        self.max_tokens = max_tokens
        self.begun = False
        self.problem: LanguageModelError | None = None
        self._put = put

    async def ask(self, turns: Sequence[tuple[str, str]], parameters: dict[str, Any]) -> None:
        patience = Patience(FIRST_TOKEN)
        PATIENCE.set(patience)
        model = await self.server.model()
        if not model:
            raise problems.no_model(self.server.endpoint.address)
        llm = _llm(self.server, model)
        messages = [ChatMessage(role=MessageRole(role), content=text) for role, text in turns]
        # llama-index always sends a temperature unless told that there is none.
        asked = {"temperature": openai.omit} | parameters
        finish: str | None = None
        async for response in await llm.astream_chat(messages, **asked):
            patience.seconds = NEXT_TOKEN
            finish = _finish(response.raw) or finish
            thought = response.additional_kwargs.get("thinking_delta") or ""
            if response.delta or thought:
                self.begun = self.begun or bool(response.delta)
                self._put(Delta(response.delta or "", thought))
        self.problem = self._judged(finish)

    def _judged(self, finish: str | None) -> LanguageModelError | None:
        if finish is None:
            return problems.broke_off() if self.begun else problems.empty()
        return {"length": problems.cut_at(self.max_tokens), "content_filter": problems.filtered()}.get(finish)


def _finish(chunk: Any) -> str | None:
    return next((choice.finish_reason for choice in chunk.choices if choice.finish_reason), None)


def _llm(server: Server, model: str) -> OpenAILike:
    # Whatever is not given here, the libraries take from the environment. The key is the connection's own matter.
    client = openai.AsyncOpenAI(
        api_key="none",
        admin_api_key="none",
        organization="",
        project="",
        webhook_secret="",
        base_url=server.base_url,
        http_client=server.http,
        max_retries=0,
        timeout=httpx.Timeout(None, connect=CONNECT, write=WRITE),
    )
    try:
        return OpenAILike(
            model=model,
            api_key="none",
            api_base=server.base_url,
            api_version="none",
            is_chat_model=True,
            max_retries=0,
            async_openai_client=client,
        )
    except ValueError:
        raise LanguageModelError(
            f"The model {model} cannot be asked through chat completions. Choose another in RAG_LLM_MODEL."
        ) from None
