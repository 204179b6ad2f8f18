"""Operators of a content stream with their operands, as pypdf reads them, in a quarter of its time.

Reading content streams takes pypdf half of the time that a page takes, since it asks a stream for one byte after the
other. Here one regular expression reads what is plain: numbers, names, strings, arrays of them. All else, whatever is
rare, wrong or an inline image, is left to pypdf, so that both read the same.
"""

import re
from io import BytesIO
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, NumberObject, read_object

_ENDS = rb"(?=[\t\n\f\r ()<>\[\]{}/%]|\Z)"  # of a name or an operator
_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]*(?:"
    rb"([+-]?\d{1,12})(?![+,\-.\d])"
    rb"|([+-]?(?:\d{1,12}\.\d{0,12}|\.\d{1,12}))(?![+,\-.\d])"
    rb"|\(([^()\\]*)\)"
    rb"|((?:[A-Za-z][!-$&'*-.0-;=?-Z\\^-z|~]*|['\"])" + _ENDS + rb")"
    rb"|(\[)"
    rb"|(\])"
    rb"|<([0-9A-Fa-f]*)>"
    rb"|(/[!-\"$&'*-.0-;=?-Z\\^-z|~]*)" + _ENDS + rb"|<<\s*/MCID\s(\d{1,9})\s*>>"
    rb"|(\Z)"
    rb")"
)
_INTEGER, _DECIMAL, _STRING, _OPERATOR, _OPENS, _CLOSES, _HEX, _NAME, _CONTENT, _END = range(1, 11)
_LEFT_TO_PYPDF = (b"BI", b"R", b"true", b"false", b"null")
_LARGEST = 2_000_000  # bytes; pypdf refuses a stream of more objects, and counts them
_LONGEST = 100_000  # objects of an array; likewise
_OPERATOR_BYTES = 128  # pypdf cuts a longer one

Operations = list[tuple[Any, bytes]]


def operations(content: ContentStream) -> Operations:
    """Read the operators of a content stream, each behind its operands, in order.

    Strings are ``bytes``, numbers ``int`` or ``float``; everything else is as pypdf gives it.

    Raises:
        pypdf.errors.PyPdfError: The stream is damaged.
        Exception: Whatever else pypdf raises on damaged objects; ``damage.DAMAGE`` lists it.
    """
    data = content.get_data()
    found = _read(data) if len(data) <= _LARGEST else None
    return content.operations if found is None else found


def _read(data: bytes) -> Operations | None:  # noqa: PLR0912 - one for each kind of token; calls cost more
    """Operators of a stream; None where pypdf has to read it."""
    found: Operations = []
    operands: list[Any] = []
    outer: list[list[Any]] = []
    names: dict[bytes, NameObject] = {}
    stream = BytesIO(data)
    match_at, at = _TOKEN.match, 0
    while True:
        match = match_at(data, at)
        if match is None:
            at = _other(data, at, stream, operands)
            if at < 0:
                return None
            continue
        at = match.end()
        kind = match.lastindex
        if kind == _INTEGER:
            operands.append(int(match[1]))
        elif kind == _DECIMAL:
            operands.append(float(match[2]))
        elif kind == _STRING:
            operands.append(match[3])
        elif kind == _OPERATOR:
            operator = match[4]
            if outer or operator in _LEFT_TO_PYPDF or len(operator) > _OPERATOR_BYTES:
                return None
            found.append((operands, operator))
            operands = []
        elif kind == _OPENS:
            outer.append(operands)
            operands = ArrayObject()
        elif kind == _CLOSES:
            if not outer or len(operands) > _LONGEST:
                return None
            outer[-1].append(operands)
            operands = outer.pop()
        elif kind == _HEX:
            operands.append(bytes.fromhex((match[7] + b"0" * (len(match[7]) % 2)).decode()))
        elif kind == _NAME:
            name = match[8]
            if name not in names:
                names[name] = NameObject(name.decode())
            operands.append(names[name])
        elif kind == _CONTENT:
            operands.append(DictionaryObject({NameObject("/MCID"): NumberObject(match[9])}))
        else:
            return None if outer else found


def _other(data: bytes, at: int, stream: BytesIO, operands: list[Any]) -> int:
    """Have pypdf read the object at a position, and return the position behind it; -1 where that is none."""
    while data[at : at + 1] in (b"\x00", b"\t", b"\n", b"\f", b"\r", b" "):
        at += 1
    if data[at : at + 1] not in (b"(", b"<", b"/"):
        return -1
    stream.seek(at)
    try:
        operands.append(read_object(stream, None, "bytes"))
    except (PyPdfError, ValueError, AssertionError):
        return -1
    return stream.tell()
