from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.index.embedder import BUNDLED, Embedder, MiniLMEmbedder

SENTENCE = "The robot learns to grasp unknown objects from a single demonstration."
PARAPHRASE = "From one example shown to it, a manipulator acquires the skill of picking up novel items."
UNRELATED = "We bound the chromatic number of sparse random graphs."


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return MiniLMEmbedder()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json", "SHA256SUMS"):
        shutil.copy(BUNDLED / name, tmp_path / name)
    return tmp_path


def test_rows_are_float32_of_unit_length_in_the_order_given(embedder: Embedder) -> None:
    texts = [SENTENCE, UNRELATED, PARAPHRASE, SENTENCE]
    vectors = embedder.embed(texts)
    assert vectors.shape == (4, embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[3])
    assert not np.array_equal(vectors[0], vectors[1])


def test_a_vector_does_not_depend_on_its_batch_mates(embedder: Embedder) -> None:
    mates = [f"{UNRELATED} {SENTENCE * n}" for n in range(9)]
    together = embedder.embed([*mates, SENTENCE, *mates])
    np.testing.assert_array_equal(together[len(mates)], embedder.embed([SENTENCE])[0])


def test_a_paraphrase_is_closer_than_an_unrelated_sentence(embedder: Embedder) -> None:
    sentence, paraphrase, unrelated = embedder.embed([SENTENCE, PARAPHRASE, UNRELATED])
    assert sentence @ paraphrase > 0.5
    assert sentence @ unrelated < 0.2


def test_a_word_beyond_the_first_hundred_still_counts(embedder: Embedder) -> None:
    long = "step " * 200
    plain, changed = embedder.embed([long, long + "quantum chromodynamics"])
    assert not np.array_equal(plain, changed)


def test_a_long_text_is_embedded_by_its_window(embedder: Embedder) -> None:
    long = "word " * 10_000
    assert embedder.count_tokens(long) == 10_000
    whole, window, shorter = embedder.embed([long, "word " * embedder.window, "word " * (embedder.window - 1)])
    np.testing.assert_array_equal(whole, window)
    assert not np.array_equal(whole, shorter)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\ud800", "high \udfff low \ud83d", "\x00\x01\x1b[0m\x7f", "\ufffe\u200b", "\U0001f916"],
)
def test_awkward_texts_get_a_valid_vector(embedder: Embedder, text: str) -> None:
    assert embedder.count_tokens(text) >= 0
    for vector in embedder.embed([text, text]):
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_tokens_are_counted_without_markers(embedder: Embedder) -> None:
    assert embedder.count_tokens("") == 0
    assert embedder.count_tokens("the robot") == 2


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_the_sums_agree_with_the_shipped_files_and_the_name(embedder: Embedder) -> None:
    sums = {}
    for line in (BUNDLED / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        sums[name] = digest
        assert hashlib.sha256((BUNDLED / name).read_bytes()).hexdigest() == digest
    assert set(sums) == {"model.onnx", "tokenizer.json"}
    assert embedder.name == f"all-MiniLM-L6-v2-int8-{sums['model.onnx'][:8]}"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_refused(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(ModelError, match=r"not the file this version was built with.*git checkout") as error:
        MiniLMEmbedder(copy).count_tokens("")
    assert str(copy / name) in str(error.value)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "SHA256SUMS"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=r"cannot be read.*git checkout") as error:
        MiniLMEmbedder(copy).count_tokens("")
    assert str(copy / name) in str(error.value)


@pytest.mark.parametrize("sums", [b"", b"\xff\xfe nonsense\n", b"0" * 64 + b"  model.onnx\n"])
def test_unusable_sums_are_refused(copy: Path, sums: bytes) -> None:
    (copy / "SHA256SUMS").write_bytes(sums)
    with pytest.raises(ModelError, match="SHA256SUMS is not the file"):
        MiniLMEmbedder(copy).count_tokens("")


def test_importing_the_module_loads_no_library() -> None:
    heavy = "{'numpy', 'onnxruntime', 'tokenizers'}"
    subprocess.run(
        [sys.executable, "-c", f"import sys, rag.index.embedder; assert not {heavy} & set(sys.modules)"],
        check=True,
    )
