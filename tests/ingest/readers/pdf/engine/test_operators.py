"""Operators read by ourselves are those that pypdf reads."""

import pytest
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream, StreamObject

from ingest.readers.pdf.engine.operators import operations


def content(data):
    stream = StreamObject()
    stream.set_data(data)
    return ContentStream(stream, None, "bytes")


@pytest.mark.parametrize(
    ("data", "expected", "reason"),
    [
        (b"BT /F1 9.5 Tf ET", [([], b"BT"), (["/F1", 9.5], b"Tf"), ([], b"ET")], "names and numbers"),
        (b"-12 +3 .5 -.5 4. l", [([-12, 3, 0.5, -0.5, 4.0], b"l")], "signs and bare points"),
        (b"[(a)-250(b c)]TJ", [([[b"a", -250, b"b c"]], b"TJ")], "nothing parts what delimiters part"),
        (rb"(a\(b\)\101\\) Tj", [([rb"a(b)A" + b"\\"], b"Tj")], "escapes"),
        (b"(a (b) c) Tj", [([b"a (b) c"], b"Tj")], "parentheses inside of a string"),
        (b"<414> Tj <41 42> Tj", [([b"A@"], b"Tj"), ([b"AB"], b"Tj")], "hexadecimal, odd and with a blank"),
        (b"/P <</MCID 7>> BDC", [(["/P", {"/MCID": 7}], b"BDC")], "marked content"),
        (b"/P <</Lang (en) /MCID 7>> BDC", [(["/P", {"/Lang": b"en", "/MCID": 7}], b"BDC")], "other properties"),
        (b"/A#20B gs", [(["/A B"], b"gs")], "a name with a blank"),
        (b"1 % 2 (\n3 m", [([1, 3], b"m")], "a comment"),
        (b"[[1 2] 3] 0 d", [([[[1, 2], 3], 0], b"d")], "arrays in arrays"),
        (b"[true false] x", [([[True, False]], b"x")], "words in an array"),
        (b"0 0 m\x00f* T*", [([0, 0], b"m\x00f*"), ([], b"T*")], "pypdf ends no operator at NUL"),
        (b"1--2 w", [([0], b"w")], "no number"),
        (b"1 2", [], "operands without an operator"),
        (b"", [], "nothing"),
    ],
)  # fmt: skip
def test_operators_are_read(data, expected, reason):
    found = operations(content(data))
    assert found == content(data).operations, reason
    assert [([plain(one) for one in operands], operator) for operands, operator in found] == expected, reason


def test_inline_images_are_left_to_pypdf():
    image = b"q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    assert [operator for _, operator in operations(content(image))] == [b"q", b"INLINE IMAGE", b"Q"]


@pytest.mark.parametrize("data", [b"1 ] w", b"<zz> Tj", b"(never ends", b"{ w", b"1 0 R w"])
def test_damage_is_told_as_by_pypdf(data):
    with pytest.raises((PyPdfError, AssertionError)):
        operations(content(data))


def plain(one):
    if isinstance(one, list):
        return [plain(inner) for inner in one]
    if isinstance(one, dict):
        return {str(key): plain(value) for key, value in one.items()}
    return getattr(one, "value", one)  # of a BooleanObject
