"""Language models that end with their test, and a real one."""

from collections.abc import Callable, Iterator

import pytest
from real_model import RealModel, real_server

from rag.answering.llm.client import LanguageModel
from rag.settings import Endpoint


@pytest.fixture
def model_at() -> Iterator[Callable[..., LanguageModel]]:
    """Makes the language model of a URL."""
    made: list[LanguageModel] = []

    def make(url: str | None, model: str = "small", key: str | None = None, **limits: int | None) -> LanguageModel:
        made.append(LanguageModel(Endpoint(model, url, key), **({"context_window": 8192} | limits)))
        return made[-1]

    yield make
    for model in made:
        model.close()


@pytest.fixture(scope="session")
def real_model() -> Iterator[RealModel]:
    """A small language model behind llama.cpp's own server."""
    with real_server() as server:
        yield server
