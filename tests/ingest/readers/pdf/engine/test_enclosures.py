"""Pages that only ask for another program are no passage; what hangs on a file is named with the remedy."""

import pytest
from pypdf.generic import NameObject

from ingest.readers.registry import read_document
from pinpoint.errors import EmptyDocument

WAIT = (
    "BT /F 12 Tf 72 700 Td (Please wait...) Tj 0 -14 Td (If this message is not eventually replaced by the proper "
    "contents of the document, your PDF) Tj 0 -14 Td (viewer may not be able to display this type.) Tj ET"
)
COVER = "BT /F 12 Tf 72 700 Td (For the best experience, open this PDF portfolio in a current reader.) Tj ET"
RULE = "BT /F 12 Tf 72 700 Td (Section 4. Each coin is weighed.) Tj ET"


def xfa(page):
    page.root("AcroForm", "<< /Fields [] /XFA [] >>")
    page.root("NeedsRendering", "true")


def portfolio(page):
    page.root("Collection", "<< /Type /Collection >>")
    page.writer.add_attachment("order.pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("content", "prepare", "remedy"),
    [
        (WAIT, xfa, "print it to a new PDF"),
        (WAIT, None, "print it to a new PDF"),  # the form itself was lost when the file was saved
        ("BT /F 12 Tf 72 700 Td (Veuillez patienter.) Tj ET", xfa, "print it to a new PDF"),
        (COVER, portfolio, "order.pdf"),
    ],
)
def test_a_notice_is_no_passage(read_page, tmp_path, content, prepare, remedy):
    reading = read_page(content, prepare, opening="")
    assert reading.blocks == ()
    assert remedy in " ".join(reading.warnings)
    assert not any("blank" in warning for warning in reading.warnings)
    with pytest.raises(EmptyDocument, match=remedy):
        read_document(tmp_path / "one.pdf")


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (None, []),
        (portfolio, ["portfolio of 1 attached file"]),
        (lambda page: page.writer.add_attachment("order.pdf", b"%PDF-"), ["carries 1 attached file", "order.pdf"]),
        (
            lambda page: page.annotate("/Subtype /FileAttachment /Rect [0 0 9 9] /FS << /F (a.doc) /UF (rules.doc) >>"),
            ["1 attached file", "rules.doc", "Save each of them"],
        ),
        (lambda page: page.writer.add_attachment("Press.joboptions", b"{}"), []),  # how the file was made
        (lambda page: page.root("AcroForm", "<< /Fields [] /XFA [] >>"), []),  # a form that also has real pages
    ],
)
def test_pages_with_text_of_their_own_are_read(read_page, body, prepare, said):
    reading = read_page(RULE, prepare, opening="")
    assert body(reading) == "Section 4. Each coin is weighed."
    assert all(words in " ".join(reading.warnings) for words in said)
    assert bool(reading.warnings) == bool(said)


def test_a_circle_of_attachments_ends(read_page):
    def prepare(page):
        names = page.add("<< /Names [(a) << /F (a.pdf) >>] >>")
        names.get_object()[NameObject("/Kids")] = page.of(f"[{names.idnum} 0 R]")
        page.root("Names", f"<< /EmbeddedFiles {names.idnum} 0 R >>")

    assert "a.pdf" in " ".join(read_page(RULE, prepare).warnings)
