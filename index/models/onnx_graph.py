"""Our converter: the weights of the packaged model become a graph that onnxruntime runs, in float32 or 8-bit integers.

A run takes one text, so that the scale of its 8-bit states is its own and its vector never depends on other texts.
Sources of the formulas: Vaswani et al. 2017 (attention), Devlin et al. 2019 (BERT), Hendrycks and Gimpel 2016 (GELU),
Reimers and Gurevych 2019 (mean of the subword tokens), Jacob et al. 2018 (8-bit integers).
"""

import numpy as np

from index.models.onnx_file import MICROSOFT, Graph
from index.models.weights import BertWeights, Floats

_GIVEN = "states"
_LARGEST = 63
"""Largest 8-bit weight: 7 bits. Without VNNI a CPU adds two products of a weight and a state (at most 255) in 16 bits,
which 127 would overflow. Set so on every CPU, so that all make the same vectors; docs/tried.md has what it costs."""


def onnx_graph(weights: BertWeights, *, integers: bool) -> bytes:
    """Return the model as an ONNX file: from the first states of a text to the mean of its last ones.

    Args:
        weights: The model.
        integers: Multiply by 8-bit weights, each column with its own scale, and by states that are brought to 8 bits
            when they are known; else in float32.
    """
    built = _Builder(weights, integers=integers)
    states = _GIVEN
    for row in range(weights.layers):
        states = built.layer(states, f"encoder.layer.{row}")
    mean = built.graph.add("ReduceMean", states, built.numbers(1), keepdims=0)
    return built.graph.as_bytes(_GIVEN, (1, "tokens", weights.dim), mean, (1, weights.dim))


class _Builder:
    def __init__(self, weights: BertWeights, *, integers: bool) -> None:
        self.graph = Graph()
        self._weights, self._integers = weights, integers
        self._last_axis, self._epsilon = self.numbers(-1), self.graph.constant(np.array(weights.epsilon))

    def layer(self, states: str, name: str) -> str:
        """Attention, then the two dense layers; each is added to what it was given, and normed."""
        parts = self._quantised(states)
        attended = self.graph.add(
            "MultiHeadAttention",
            *(self._dense(parts, f"{name}.attention.self.{part}") for part in ("query", "key", "value")),
            domain=MICROSOFT,
            num_heads=self._weights.heads,
        )
        joined = self._dense(self._quantised(attended), f"{name}.attention.output.dense")
        states = self._norm(joined, states, f"{name}.attention.output.LayerNorm")
        wide = self._dense(self._quantised(states), f"{name}.intermediate.dense")
        active = self.graph.add("Gelu", wide, domain=MICROSOFT)
        narrow = self._dense(self._quantised(active), f"{name}.output.dense")
        return self._norm(narrow, states, f"{name}.output.LayerNorm")

    def numbers(self, *values: int) -> str:
        return self.graph.constant(np.array(values, dtype=np.int64))

    def _quantised(self, states: str) -> list[str]:
        """The states; as integers these are the states, their scale and which integer is zero."""
        return self.graph.add_many("DynamicQuantizeLinear", states, outputs=3) if self._integers else [states]

    def _dense(self, states: list[str], name: str) -> str:
        columns = np.ascontiguousarray(self._weights.tensor(f"{name}.weight").T)
        bias = self.graph.constant(self._weights.tensor(f"{name}.bias"))
        if not self._integers:
            return self.graph.add("Add", self.graph.add("MatMul", *states, self.graph.constant(columns)), bias)
        whole, scales = _integers(columns)
        zeros = self.graph.constant(np.zeros(len(scales), dtype=np.int8))
        states_whole, scale, zero = states
        given = states_whole, self.graph.constant(whole), scale, self.graph.constant(scales), zero, zeros, bias
        return self.graph.add("MatMulIntegerToFloat", *given, domain=MICROSOFT)

    def _norm(self, changed: str, states: str, name: str) -> str:
        """LayerNorm of a sum, from single operators: onnxruntime's own takes three times as long on a CPU."""
        add, axis = self.graph.add, self._last_axis
        summed = add("Add", changed, states)
        centred = add("Sub", summed, add("ReduceMean", summed, axis, keepdims=1))
        spread = add("ReduceMean", add("Mul", centred, centred), axis, keepdims=1)
        normed = add("Div", centred, add("Sqrt", add("Add", spread, self._epsilon)))
        scaled = add("Mul", normed, self.graph.constant(self._weights.tensor(f"{name}.weight")))
        return add("Add", scaled, self.graph.constant(self._weights.tensor(f"{name}.bias")))


def _integers(columns: Floats) -> tuple[np.ndarray, Floats]:
    """Each column as integers around zero, and the scale of each."""
    scales: Floats = np.abs(columns).max(axis=0) / np.float32(_LARGEST)
    return np.rint(columns / scales).astype(np.int8), scales
