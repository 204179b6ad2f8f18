"""Checks that a downloaded file is whole, and the kind of file that was asked for."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_PAGE = (b"<!doctype html", b"<html")
_HEAD, _TAIL = 2048, 4096  # bytes; the PDF mark may stand in the first 1,024, other texts behind the end mark


@dataclass(frozen=True, slots=True)
class Defect:
    """Defect of a downloaded file.

    Attributes:
        reason: The rest of a sentence that begins with the file's name.
        cut_off: Whether it looks cut off, so that another try may help.
    """

    reason: str
    cut_off: bool


def find_defect(path: Path, suffix: str) -> Defect | None:
    """Look for the marks of a whole file of its kind.

    Args:
        path: The downloaded file.
        suffix: The suffix it will have, with its dot.

    Returns:
        What is wrong; None when nothing is.
    """
    size = path.stat().st_size
    if not size:
        return Defect("is empty", cut_off=True)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read().lower()
    is_page = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE)
    if suffix == ".html":
        return _page_defect(head, tail)
    if is_page:
        return Defect(f"is a web page, not a {suffix} file: the site sends a notice in its place", cut_off=False)
    if suffix in (".docx", ".zip") and not zipfile.is_zipfile(path):
        return Defect(f"is not a whole {suffix} file", cut_off=True)
    if suffix == ".xml":
        return _xml_defect(path)
    return _pdf_defect(head, tail) if suffix == ".pdf" else None


def _page_defect(head: bytes, tail: bytes) -> Defect | None:
    if b"<html" not in head.lower():
        return Defect("is not a web page", cut_off=False)
    return None if b"</html" in tail else Defect("ends before </html>", cut_off=True)


def _pdf_defect(head: bytes, tail: bytes) -> Defect | None:
    if b"%PDF-" not in head:
        return Defect("is not a PDF file", cut_off=False)
    return None if b"%%eof" in tail else Defect("ends before the %%EOF mark of a PDF file", cut_off=True)


def _xml_defect(path: Path) -> Defect | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as error:
        return Defect(f"is not well-formed XML ({error})", cut_off=True)
    if etree.QName(root).localname.lower() == "html":
        return Defect("is a web page, not an .xml file: the site sends a notice in its place", cut_off=False)
    return None
