"""Word documents to a reading: what is printed, and what is not, with warnings."""

import struct
import zipfile
import zlib
from pathlib import Path

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.exceptions import InvalidXmlError
from lxml import etree

from ingest.readers.docx.inline.lines import settled
from ingest.readers.docx.inline.looks import HIDDEN, INVISIBLE, Looks
from ingest.readers.docx.markup import w
from ingest.readers.docx.notes import Notes
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.package import open_package
from ingest.readers.docx.story import Findings, Story
from ingest.readers.docx.styles import Styles
from ingest.readers.docx.warnings import warnings_of
from ingest.records import Reading, Repair
from pinpoint.errors import DamagedDocument, EncryptedDocument, UnreadableDocument
from pinpoint.records import LeftOut, LeftOutReason

_LOCKED = 1  # APPNOTE.TXT of PKWARE, 4.4.4, bit 0
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary, [MS-CFB] 2.2
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_MAX_UNPACKED = 500 * 2**20  # bytes; a document that unpacks to more is refused; set by hand
_DAMAGE = (
    # What zipfile, lxml and python-docx raise on packages that are cut short, and on parts that are
    # missing, of another kind than their name says, or hold values that no Word document has.
    zipfile.BadZipFile, PackageNotFoundError, InvalidXmlError, etree.XMLSyntaxError, zlib.error, struct.error, OSError,
    EOFError, KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, OverflowError,
    AssertionError, RecursionError,
)  # fmt: skip
_UNSEEN: tuple[LeftOutReason, ...] = (HIDDEN, INVISIBLE)


def read_docx(path: Path) -> Reading:
    """Read a Word document. It has no pages: those exist only once it is laid out.

    Raises:
        EncryptedDocument: It opens with a password only.
        DamagedDocument: It is not a Word document, or is damaged.
        UnreadableDocument: It unpacks to more than 500 MB.
    """
    _refuse_old_container(path)
    try:
        _refuse_bomb(path)
        return _read(path)
    except _DAMAGE as error:
        raise DamagedDocument(
            f"{path.name} is not a readable Word document. Open it in Word and save it again as .docx."
        ) from error


def _refuse_bomb(path: Path) -> None:
    """Refuse a package that unpacks to more than it should, or that is locked.

    What a package states of its parts can be a lie: zipfile unpacks no part beyond its stated size, so that the sum
    of these is what it can come to.
    """
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    if any(part.flag_bits & _LOCKED for part in parts):
        raise EncryptedDocument(
            f"{path.name} is encrypted with a password. Save a copy without a password and ingest that."
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MAX_UNPACKED:
        raise UnreadableDocument(
            f"{path.name} unpacks to {unpacked} bytes, more than {_MAX_UNPACKED}. Split the document."
        )


def _read(path: Path) -> Reading:
    package = open_package(path)
    styles = Styles(package.styles)
    sections = [*package.body.iter(w("sectPr"))]
    notes = {
        "footnote": Notes("footnote", package.footnotes, package.settings, sections),
        "endnote": Notes("endnote", package.endnotes, package.settings, sections),
    }
    findings = Findings()
    looks = Looks(styles, has_backdrop=package.has_backdrop)
    story = Story(styles, looks, notes, Numbering(package.numbering, styles), findings)
    blocks = settled(story.blocks(package.body))
    headings = (block.text for block in blocks if block.kind == "heading")
    unseen = tuple(LeftOut(reason, findings.unseen[reason]) for reason in _UNSEEN if findings.unseen[reason])
    return Reading(
        blocks,
        title=package.title or story.title or next(headings, ""),
        repairs=tuple(Repair(name, count) for name, count in sorted(findings.repairs.items()) if count),
        warnings=warnings_of(package, notes, findings),
        left_out=unseen,
    )


def _refuse_old_container(path: Path) -> None:
    """Word stores a document with a password, and one of Word 97, in a container that is no zip file."""
    source = path.read_bytes()
    if not source.startswith(_OLD_CONTAINER):
        return
    if _ENCRYPTED_STREAM in source:
        raise EncryptedDocument(
            f"{path.name} is encrypted with a password. Save a copy without a password and ingest that."
        )
    raise DamagedDocument(f"{path.name} is a document of Word 97-2003. Open it in Word and save it again as .docx.")
