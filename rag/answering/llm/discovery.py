"""Model servers that run on this machine."""

from __future__ import annotations

import asyncio
import ssl

import httpx

from rag.answering.llm.loop import begin
from rag.answering.llm.server import names
from rag.types import LocalServer

IN_ALL = 0.5  # seconds
USUAL = {"Ollama": 11434, "LM Studio": 1234, "llama.cpp": 8080, "vLLM": 8000}


def local_servers() -> tuple[LocalServer, ...]:
    """Those that answer on the usual ports of this machine; nothing is sent but the wish for a list of models."""
    return begin(_local_servers()).result()


async def _local_servers() -> tuple[LocalServer, ...]:
    # A context for TLS, which is not used here, takes longer to load than all of this.
    unused = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    async with httpx.AsyncClient(trust_env=False, verify=unused, follow_redirects=False) as http:
        found = await asyncio.gather(*(_answering(http, name, port) for name, port in USUAL.items()))
    return tuple(server for server in found if server is not None)


async def _answering(http: httpx.AsyncClient, name: str, port: int) -> LocalServer | None:
    base_url = f"http://127.0.0.1:{port}/v1"
    try:
        async with asyncio.timeout(IN_ALL * 0.8):
            response = await http.get(f"{base_url}/models", headers={"user-agent": "rag"})
        listed = response.raise_for_status().json()["data"]
        return LocalServer(name, base_url, names(listed))
    except (httpx.HTTPError, TimeoutError, ValueError, LookupError, TypeError, AttributeError):
        return None
