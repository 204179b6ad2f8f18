"""The ONNX format, as much of it as a graph of ours needs, written without the onnx package.

A file is a Protocol Buffers message; the numbers of the fields are those of onnx.proto (onnx.ai, IR version 8).
"""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MICROSOFT = "com.microsoft"
"""Where onnxruntime has operators that are not in the standard."""
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}
_IR_VERSION, _STANDARD = 8, 18
"""Version of the format, and of the standard's operators; read by onnxruntime from 1.14 on."""
_VARINT, _BYTES, _FLOAT = 0, 2, 5
"""How a field of a message is written."""


class Graph:
    """A graph that grows by one operator at a time; values are known by name."""

    def __init__(self) -> None:
        """Begin without operators."""
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, values: NDArray[np.generic]) -> str:
        """Add an array of constants; its name."""
        name = f"constant{len(self._constants)}"
        dims = b"".join(_number(1, size) for size in values.shape)
        held = _number(2, _TYPES[values.dtype.name]) + _text(8, name) + _field(9, values.tobytes())
        self._constants.append(dims + held)
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: float | int) -> str:
        """Add an operator with one output; the name of the output."""
        return self.add_many(operator, *inputs, outputs=1, domain=domain, **attributes)[0]

    def add_many(
        self, operator: str, *inputs: str, outputs: int, domain: str = "", **attributes: float | int
    ) -> list[str]:
        """Add an operator with several outputs; their names."""
        names = [f"value{len(self._nodes)}.{output}" for output in range(outputs)]
        node = b"".join(_text(1, name) for name in inputs) + b"".join(_text(2, name) for name in names)
        node += _text(4, operator) + b"".join(_field(5, _attribute(*each)) for each in attributes.items())
        self._nodes.append(node + _text(7, domain))
        return names

    def as_bytes(self, given: str, shape: Sequence[int | str], result: str, result_shape: Sequence[int | str]) -> bytes:
        """Return the file, with one input and one output of float32; a name in a shape stands for any size."""
        graph = b"".join(_field(1, node) for node in self._nodes) + _text(2, "graph")
        graph += b"".join(_field(5, constant) for constant in self._constants)
        graph += _field(11, _value(given, shape)) + _field(12, _value(result, result_shape))
        versions = ("", _STANDARD), (MICROSOFT, 1)
        sets = b"".join(_field(8, _text(1, domain) + _number(2, version)) for domain, version in versions)
        return _number(1, _IR_VERSION) + _field(7, graph) + sets


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    sizes = b"".join(_field(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in shape)
    return _text(1, name) + _field(2, _field(1, _number(1, _TYPES["float32"]) + _field(2, sizes)))


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    return _text(1, name) + _varint(2 << 3 | _FLOAT) + struct.pack("<f", value) + _number(20, 1)


def _text(field: int, text: str) -> bytes:
    return _field(field, text.encode())


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _varint(value: int) -> bytes:
    """Seven bits a byte, lowest first; a negative number as its complement in 64 bits."""
    value &= (1 << 64) - 1
    written = bytearray()
    while value >> 7:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*written, value))
