"""Texts to unit vectors, with the model that ships in this package; nothing is downloaded."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rag.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

BUNDLED = Path(__file__).parent / "minilm"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
SUMS_FILE = "SHA256SUMS"
RESTORE = "restore it with `git checkout -- rag/index/minilm` in the project's folder, or copy the project anew."

# The tokenizer puts [CLS] before every text and [SEP] after it.
MARKERS = 2

# More than two do not pay on the small machines this is for, and the page needs a core as well.
THREADS = 2


class Embedder(Protocol):
    """What the index asks of an embedding model.

    `name` changes whenever its vectors would; `window` is how many tokens of a text count towards
    its vector, the model's own marker tokens not included.
    """

    name: str
    dimension: int
    window: int

    def count_tokens(self, text: str) -> int:
        """Count the tokens of `text`, however long it is."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed each text: [len(texts), dimension], rows of unit length, in the order given."""


class MiniLMEmbedder:
    """all-MiniLM-L6-v2 in int8, on the processor; safe to call from several threads.

    Every text is run by itself, so its vector does not depend on what else is embedded with it.
    The model is loaded when it is first used.

    Raises:
        ModelError: A model file in `folder` is missing, or is not the one this version was built with;
            also raised by every method.
    """

    dimension = 384
    window = 510

    def __init__(self, folder: Path = BUNDLED) -> None:
        self._folder = folder
        self._sums = _expected_sums(folder)
        self.name = f"all-MiniLM-L6-v2-int8-{self._sums[MODEL_FILE][:8]}"
        self._loading = threading.Lock()
        self._loaded: tuple[InferenceSession, Tokenizer] | None = None

    def _model(self) -> tuple[InferenceSession, Tokenizer]:
        with self._loading:
            if self._loaded is None:
                model = _verified(self._folder, MODEL_FILE, self._sums)
                tokenizer = _verified(self._folder, TOKENIZER_FILE, self._sums)
                self._loaded = _session(model), _tokenizer(tokenizer)
            return self._loaded

    def count_tokens(self, text: str) -> int:
        """Count the tokens of `text`, however long it is; [CLS] and [SEP] are not counted."""
        return len(self._token_ids(text)) - MARKERS

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed each text by its first `window` tokens: [len(texts), 384], rows of unit length, in order."""
        import numpy as np

        vectors = np.empty((len(texts), self.dimension), np.float32)
        if len(texts) == 1:
            vectors[0] = self._embed_one(texts[0])
        elif texts:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(THREADS, thread_name_prefix="embed") as threads:
                for row, vector in enumerate(threads.map(self._embed_one, texts)):
                    vectors[row] = vector
        return vectors

    def _embed_one(self, text: str) -> NDArray[np.float32]:
        import numpy as np

        start, *ids, end = self._token_ids(text)
        ids = [start, *ids[: self.window], end]
        (vectors,) = self._model()[0].run(None, {"input_ids": np.array([ids], np.int32)})
        vector: NDArray[np.float32] = vectors[0]
        return vector

    def _token_ids(self, text: str) -> list[int]:
        """All of them, between the two markers."""
        # A str can hold lone surrogates, which the tokenizer refuses.
        readable = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._model()[1].encode(readable).ids
        return ids


def _tokenizer(file: bytes) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_str(file.decode("utf-8"))
    # The published file cuts and pads every text to 128 tokens.
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _session(model: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a text, and none that spins while it waits: `embed` runs texts side by side instead.
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _expected_sums(folder: Path) -> dict[str, str]:
    """Read the hashes the build wrote: file name to sha256 in hexadecimal."""
    lines = _read(folder, SUMS_FILE).decode("ascii", "replace").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if not {MODEL_FILE, TOKENIZER_FILE} <= sums.keys():
        raise _not_ours(folder / SUMS_FILE)
    return sums


def _verified(folder: Path, file: str, sums: dict[str, str]) -> bytes:
    data = _read(folder, file)
    if hashlib.sha256(data).hexdigest() != sums[file]:
        raise _not_ours(folder / file)
    return data


def _read(folder: Path, file: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except OSError as error:
        raise ModelError(
            f"The embedding model's file {folder / file} cannot be read ({error.strerror}): {RESTORE}"
        ) from error


def _not_ours(path: Path) -> ModelError:
    return ModelError(f"The embedding model's file {path} is not the file this version was built with: {RESTORE}")
