"""Whether the server of an endpoint and its model are there."""

from __future__ import annotations

import time
from dataclasses import dataclass

import httpx

from rag.answering.llm.failures import failure, not_listed
from rag.answering.llm.problems import no_model
from rag.answering.llm.server import Server, lists, names


@dataclass(frozen=True, slots=True)
class State:
    """What asking for the list of models showed."""

    reachable: bool
    latency_ms: float | None = None
    models: tuple[str, ...] = ()
    problem: str | None = None


UNUSABLE = State(reachable=False)


async def state(server: Server) -> State:
    """Ask the server for its models. Never fails."""
    endpoint = server.endpoint
    began = time.perf_counter()
    try:
        listed = await server.models()
    except Exception as error:
        reachable = isinstance(error, httpx.HTTPStatusError | ValueError)
        return State(reachable, _since(began) if reachable else None, problem=str(failure(error, endpoint)))
    latency = _since(began)
    models = names(listed)
    problem = None
    if endpoint.model and not lists(listed, endpoint.model):
        problem = not_listed(endpoint, models)
    elif not await server.model():
        problem = str(no_model(endpoint.address))
    return State(True, latency, models, problem)


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
