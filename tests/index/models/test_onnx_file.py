"""The ONNX format: what is written is what onnxruntime runs."""

import numpy as np
import pytest
from onnxruntime import InferenceSession

from index.models.onnx_file import Graph, _varint


def _run(graph: Graph, result: str, given: np.ndarray) -> np.ndarray:
    file = graph.as_bytes("given", ("rows", given.shape[1]), result, ("rows", "columns"))
    return InferenceSession(file, providers=["CPUExecutionProvider"]).run(None, {"given": given})[0]


def test_a_graph_of_ours_is_run():
    graph = Graph()
    weights = np.arange(6, dtype=np.float32).reshape(2, 3)
    product = graph.add("MatMul", "given", graph.constant(weights))
    activated = graph.add("LeakyRelu", product, alpha=0.5)
    first, second = graph.add_many("Split", activated, graph.constant(np.array([1, 2])), outputs=2, axis=-1)
    joined = graph.add("Concat", second, first, axis=-1)
    given = np.array([[1, 2], [-3, 0.5], [0, 0]], dtype=np.float32)
    expected = given @ weights
    expected = np.where(expected < 0, expected / 2, expected)
    np.testing.assert_allclose(_run(graph, joined, given), expected[:, [1, 2, 0]])


def test_an_operator_of_onnxruntime_is_known_by_its_domain():
    graph = Graph()
    made = graph.add("QuickGelu", "given", domain="com.microsoft", alpha=1.0)
    given = np.array([[0, 1, -2]], dtype=np.float32)
    np.testing.assert_allclose(_run(graph, made, given), given / (1 + np.exp(-given)), rtol=1e-5)


@pytest.mark.parametrize(
    ("value", "written"), [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (-1, "ff" * 9 + "01")]
)
def test_numbers_are_written_as_protocol_buffers_have_them(value, written):
    assert _varint(value).hex() == written
