"""A library as parts of llama-index."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path

import pytest
from llama_index.core.schema import MetadataMode, QueryBundle

from rag import open_library
from rag.assistant import Assistant
from rag.errors import LibraryEmpty


def test_query_engine(invented: Assistant) -> None:
    response = invented.as_query_engine().query("What error does KelpNet reach?")
    assert "2.7 fronds" in str(response)
    first = response.source_nodes[0]
    assert first.node.id_ == "inv:1"
    assert first.metadata["title"] == "KelpNet: Counting Canopy Fronds from Drifting Buoys"
    assert first.metadata["authors"] == ["Orla Wen", "Mateo Brandt"]
    assert [node.metadata["marker"] for node in response.source_nodes] == list(range(1, len(response.source_nodes) + 1))
    for node in response.source_nodes:
        assert node.metadata["quote"] in node.node.get_content(MetadataMode.NONE)
        assert f"[{node.metadata['marker']}]" in str(response)
    assert response.metadata is not None
    assert response.metadata["answer"] == str(response)


def test_query_engine_refuses(invented: Assistant) -> None:
    response = invented.as_query_engine().query("What is BarnacleNet?")
    assert response.source_nodes == []
    assert response.metadata is not None
    assert response.metadata["refused"] is True


def test_query_engine_in_a_loop(invented: Assistant) -> None:
    async def both() -> list[str]:
        engine = invented.as_query_engine()
        asked = ("What is KelpNet?", "What is PollenGAN?")
        return [str(response) for response in await asyncio.gather(*map(engine.aquery, asked))]

    kelp, pollen = asyncio.run(both())
    assert "KelpNet" in kelp
    assert "PollenGAN" in pollen


def test_retriever(invented: Assistant) -> None:
    nodes = invented.as_retriever(k=3).retrieve("depth of snow")
    assert len(nodes) == 3
    assert nodes[0].node.id_ == "inv:12"
    assert [node.score for node in nodes] == sorted((node.score or 0 for node in nodes), reverse=True)
    assert nodes[0].metadata["quote"] in nodes[0].text
    assert asyncio.run(invented.as_retriever(1).aretrieve(QueryBundle("knots")))[0].node.id_ == "inv:10"


def test_embedding(invented: Assistant) -> None:
    model = invented.as_embedding()
    snow, ice, tax = (model.get_query_embedding(text) for text in ("deep snow", "thick ice", "a tax form"))
    assert len(snow) == 384
    assert math.isclose(sum(value * value for value in snow), 1, rel_tol=1e-4)
    assert model.similarity(snow, ice) > model.similarity(snow, tax)
    assert model.get_text_embedding_batch(["deep snow"]) == [snow]
    assert asyncio.run(model.aget_query_embedding("deep snow")) == snow
    assert "MiniLM" in model.model_name


def test_open_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "papers.jsonl"
    source.write_text(
        '{"title": "Salt pans from space", "abstract": "Salt pans shine at 900 nm.", "authors": ["A. Dune"]}'
    )
    with open_library("library") as library:
        with pytest.raises(LibraryEmpty, match="rag ingest"):
            library.as_query_engine().query("What is KelpNet?")
        library.ingest([source])
        response = library.as_query_engine().query("At how many nm do salt pans shine?")
    (node,) = response.source_nodes
    assert (node.metadata["title"], node.metadata["authors"]) == ("Salt pans from space", ["A. Dune"])
    assert node.metadata["quote"] == "Salt pans shine at 900 nm."
