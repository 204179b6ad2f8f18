"""PDF files of one page, made of the operators of a content stream."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, NameObject, PdfObject
from pypdf.generic import read_object as read_pypdf_object

from ingest.readers.pdf.reader import read_pdf
from ingest.records import Reading

OPENING = "The master keeps the log."  # on every page, so that none is without text in sight


class OnePage:
    """A PDF file of one page in the making."""

    def __init__(self):
        self.writer = PdfWriter()
        self.page = self.writer.add_blank_page(612, 792)
        self.resources = self.of("<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                                 "/Encoding /WinAnsiEncoding >> >> >>")  # fmt: skip
        self.page[NameObject("/Resources")] = self.resources

    def of(self, source: str) -> PdfObject:
        """An object from its written form."""
        return read_pypdf_object(BytesIO(source.encode("latin-1") + b" "), self.writer)

    def add(self, value: PdfObject | str) -> IndirectObject:
        """An object of its own in the file."""
        return self.writer._add_object(self.of(value) if isinstance(value, str) else value)

    def stream(self, content: str, entries: str = "<< >>") -> IndirectObject:
        made = DecodedStreamObject()
        made.update(self.of(entries))
        made.set_data(content.encode("latin-1"))
        return self.add(made)

    def form(self, content: str, box: str = "[0 0 612 792]", more: str = "") -> IndirectObject:
        """A form with the resources of the page."""
        made = self.stream(content, f"<< /Type /XObject /Subtype /Form /BBox {box} {more} >>")
        made.get_object()[NameObject("/Resources")] = self.resources
        return made

    def picture(self) -> IndirectObject:
        return self.stream("\x80", "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                                   "/ColorSpace /DeviceGray >>")  # fmt: skip

    def resource(self, kind: str, name: str, value: PdfObject | str):
        """Name a resource of the page."""
        group = self.resources.setdefault(NameObject(f"/{kind}"), DictionaryObject())
        group[NameObject(f"/{name}")] = self.of(value) if isinstance(value, str) else value

    def annotate(self, entries: str, appearance: PdfObject | None = None) -> DictionaryObject:
        """Lay an annotation over the page."""
        note = self.of(f"<< /Type /Annot {entries} >>")
        if appearance is not None:
            note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): appearance})
        self.page.setdefault(NameObject("/Annots"), ArrayObject()).append(self.add(note))
        return note

    def root(self, name: str, value: PdfObject | str):
        self.writer.root_object[NameObject(f"/{name}")] = self.of(value) if isinstance(value, str) else value


@pytest.fixture
def read_page(tmp_path: Path) -> Callable[..., Reading]:
    """Make a page of operators, below its opening line unless told otherwise, and read it."""

    def read(content: str, prepare: Callable[[OnePage], object] | None = None, opening: str = OPENING) -> Reading:
        made = OnePage()
        if prepare is not None:
            prepare(made)
        first = f"q BT /F 12 Tf 72 740 Td ({opening}) Tj ET Q " if opening else ""
        made.page[NameObject("/Contents")] = made.stream(first + content)
        made.writer.write(tmp_path / "one.pdf")
        return read_pdf(tmp_path / "one.pdf")

    return read


@pytest.fixture
def body() -> Callable[[Reading], str]:
    """The text of a page without its opening line."""

    def text(reading: Reading) -> str:
        return " / ".join(block.text for block in reading.blocks if block.text != OPENING)

    return text
