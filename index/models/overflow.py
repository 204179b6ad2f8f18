"""Whether this machine adds up products of 8-bit integers exactly: one small product tells, in a few milliseconds."""

from functools import cache

import numpy as np

from index.models.onnx_file import MICROSOFT, Graph

_STATE, _WEIGHT = 255, 127
"""The largest there are: two of their products overflow 16 bits, in which a CPU without VNNI adds them."""
_ROWS, _SIZE = 16, 384
"""Shape of the states, and of the weights: that of the packaged model, so that the same code runs. The sum of a column
stays below 2**24, up to which float32 has every integer."""


@cache
def adds_exactly() -> bool:
    """Multiply the largest states by the largest weights, as "int8" does, and tell whether the sum is right."""
    from onnxruntime import InferenceSession  # noqa: PLC0415 - wanted only where the CPU does not say what it has

    graph = Graph()
    one, zero = (graph.constant(np.array(value, dtype)) for value, dtype in ((1, np.float32), (0, np.uint8)))
    weights = graph.constant(np.full((_SIZE, _SIZE), _WEIGHT, dtype=np.int8))
    scales, zeros = (graph.constant(made) for made in (np.ones(_SIZE, np.float32), np.zeros(_SIZE, np.int8)))
    whole = graph.add("QuantizeLinear", "states", one, zero)
    product = graph.add("MatMulIntegerToFloat", whole, weights, one, scales, zero, zeros, domain=MICROSOFT)
    file = graph.as_bytes("states", (_ROWS, _SIZE), product, (_ROWS, _SIZE))
    states = np.full((_ROWS, _SIZE), _STATE, dtype=np.float32)
    made = InferenceSession(file, providers=["CPUExecutionProvider"]).run(None, {"states": states})[0]
    return bool((made == _STATE * _WEIGHT * _SIZE).all())
