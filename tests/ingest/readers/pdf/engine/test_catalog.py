"""Page labels, also those in the leaves of a number tree (ISO 32000-2, 7.9.7 and 12.4.2)."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, read_object

from ingest.readers.pdf.engine.catalog import read_catalog

ROMAN, PLAIN = "<< /S /r >>", "<< /S /D >>"


@pytest.mark.parametrize(
    ("tree", "leaves", "expected"),
    [
        (f"<< /Nums [0 {ROMAN} 4 {PLAIN}] >>", (), ("i", "ii", "iii", "iv", "1", "2")),
        ("<< /Kids [K0 K1] >>", (f"[0 {ROMAN}]", f"[4 {PLAIN}]"), ("i", "ii", "iii", "iv", "1", "2")),
        ("<< /Kids [K0 K1] >>", (f"[4 {PLAIN}]", f"[0 {ROMAN}]"), ("i", "ii", "iii", "iv", "1", "2")),  # out of order
        ("<< /Kids [K0] >>", (f"[0 {ROMAN} 2 << /S /D /P (A-) /St 5 >>]",), ("i", "ii", "A-5", "A-6", "A-7", "A-8")),
        ("<< /Kids [<< /Kids [K0] >> K1] >>", (f"[0 {ROMAN}]", f"[3 {PLAIN}]"), ("i", "ii", "iii", "1", "2", "3")),
        ("<< /Kids [K0] >>", ("[0 << /P (cover) >> 1 << /S /A >>]",), ("cover", "A", "B", "C", "D", "E")),
        ("(nothing)", (), ()),
    ],
)
def test_labels(tmp_path, tree, leaves, expected):
    writer = PdfWriter()
    for _ in range(6):
        writer.add_blank_page(72, 72)

    def of(source):
        return read_object(BytesIO(source.encode() + b" "), writer)

    for number, leaf in enumerate(leaves):
        kid = writer._add_object(of(f"<< /Limits [0 5] /Nums {leaf} >>"))
        tree = tree.replace(f"K{number}", f"{kid.idnum} 0 R")
    writer.root_object[NameObject("/PageLabels")] = of(tree)
    writer.write(tmp_path / "labels.pdf")
    assert read_catalog(PdfReader(tmp_path / "labels.pdf")).labels == expected
