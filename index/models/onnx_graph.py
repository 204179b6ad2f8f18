"""Our converter: the weights of the packaged model become a graph that onnxruntime runs, in float32 or 8-bit integers.

A run takes one text, and the 8-bit states of each token have their own scale and least value, so that no vector depends
on other texts and no token on those that stand out.
Sources of the formulas: Vaswani et al. 2017 (attention), Devlin et al. 2019 (BERT), Hendrycks and Gimpel 2016 (GELU),
Reimers and Gurevych 2019 (mean of the subword tokens), Jacob et al. 2018 (8-bit integers).
"""

import numpy as np

from index.models.arithmetic import INT7, INT8
from index.models.onnx_file import MICROSOFT, Graph
from index.models.weights import BertWeights, Floats

_GIVEN = "states"
_LARGEST = {INT8: 127, INT7: 63}
"""Largest weight. Without VNNI a CPU adds two products of a weight and a state (at most 255) in 16 bits, which 127
would overflow; docs/tried.md has what 7 bits cost."""


def onnx_graph(weights: BertWeights, arithmetic: str) -> bytes:
    """Return the model as an ONNX file: from the first states of a text to the mean of its last ones.

    Args:
        weights: The model.
        arithmetic: "int8" and "int7" multiply by integers, each column with its own scale, and by states that are
            brought to 8 bits, each token with its own; "fp32" multiplies as it is.
    """
    built = _Builder(weights, arithmetic)
    states = _GIVEN
    for row in range(weights.layers):
        states = built.layer(states, f"encoder.layer.{row}")
    mean = built.graph.add("ReduceMean", states, built.numbers(1), keepdims=0)
    return built.graph.as_bytes(_GIVEN, (1, "tokens", weights.dim), mean, (1, weights.dim))


class _Builder:
    def __init__(self, weights: BertWeights, arithmetic: str) -> None:
        self.graph = Graph()
        self._weights, self._largest = weights, _LARGEST.get(arithmetic, 0)
        self._exact_output = arithmetic == INT7  # of all products the one that 7 bits spoil most: docs/tried.md
        self._last_axis, self._epsilon = self.numbers(-1), self.graph.constant(np.array(weights.epsilon))
        if self._largest:
            self._one, self._step = (self.graph.constant(np.array(value, dtype=np.float32)) for value in (1, 1 / 255))
            self._zero = self.graph.constant(np.array(0, dtype=np.uint8))

    def layer(self, states: str, name: str) -> str:
        """Attention, then the two dense layers; each is added to what it was given, and normed."""
        heads = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        given = self._in_8_bits(states)
        attended = self.graph.add(
            "MultiHeadAttention",
            *(self._product(given, head) for head in heads),
            self._bias(*heads),
            domain=MICROSOFT,
            num_heads=self._weights.heads,
        )
        states = self._added(states, attended, f"{name}.attention.output")
        wide = self._product(self._in_8_bits(states), f"{name}.intermediate.dense")
        active = self.graph.add("BiasGelu", wide, self._bias(f"{name}.intermediate.dense"), domain=MICROSOFT)
        return self._added(states, active, f"{name}.output", exact=self._exact_output)

    def numbers(self, *values: int) -> str:
        return self.graph.constant(np.array(values, dtype=np.int64))

    def _in_8_bits(self, states: str) -> tuple[str, ...]:
        """The states as integers from 0 to 255, and of each token the scale and the least state; or as they are."""
        if not self._largest:
            return (states,)
        add = self.graph.add
        least, largest = (add(name, states, self._last_axis, keepdims=1) for name in ("ReduceMin", "ReduceMax"))
        scales = add("Mul", add("Sub", largest, least), self._step)
        whole = add("QuantizeLinear", add("Div", add("Sub", states, least), scales), self._one, self._zero)
        return whole, scales, least

    def _product(self, states: tuple[str, ...], name: str) -> str:
        """States times the weights of a dense layer, without its bias."""
        rows, add, constant = self._weights.tensor(f"{name}.weight"), self.graph.add, self.graph.constant
        if len(states) == 1:
            return add("FusedMatMul", *states, constant(rows), domain=MICROSOFT, transB=1)
        given, token_scales, least = states
        whole, scales = _integers(np.ascontiguousarray(rows.T), self._largest)
        zeros = constant(np.zeros(len(scales), dtype=np.int8))
        weights = constant(whole), self._one, constant(scales), self._zero, zeros
        product = add("MatMulIntegerToFloat", given, *weights, domain=MICROSOFT)
        columns = constant((whole.sum(axis=0, dtype=np.float64) * scales).astype(np.float32))
        return add("Add", add("Mul", product, token_scales), add("Mul", least, columns))

    def _bias(self, *names: str) -> str:
        return self.graph.constant(np.concatenate([self._weights.tensor(f"{name}.bias") for name in names]))

    def _added(self, states: str, changed: str, name: str, *, exact: bool = False) -> str:
        """LayerNorm of states and what a dense layer makes of others.

        From single operators: onnxruntime's own LayerNormalization takes three times as long on a CPU.
        """
        add, axis = self.graph.add, self._last_axis
        given = (changed,) if exact else self._in_8_bits(changed)
        dense = add("Add", self._product(given, f"{name}.dense"), self._bias(f"{name}.dense"))
        summed = add("Add", dense, states)
        centred = add("Sub", summed, add("ReduceMean", summed, axis, keepdims=1))
        spread = add("ReduceMean", add("Mul", centred, centred), axis, keepdims=1)
        normed = add("Div", centred, add("Sqrt", add("Add", spread, self._epsilon)))
        scaled = add("Mul", normed, self.graph.constant(self._weights.tensor(f"{name}.LayerNorm.weight")))
        return add("Add", scaled, self._bias(f"{name}.LayerNorm"))


def _integers(columns: Floats, largest: int) -> tuple[np.ndarray, Floats]:
    """Each column as integers around zero, and the scale of each."""
    scales: Floats = np.abs(columns).max(axis=0) / np.float32(largest)
    return np.rint(columns / scales).astype(np.int8), scales
