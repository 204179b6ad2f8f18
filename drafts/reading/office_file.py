"""Files of Word and PowerPoint before they are opened: locked, of an older kind, or larger than they look."""

import io
import zipfile

from pinpoint.errors import DamagedDocument, EncryptedDocument, UnreadableDocument

_LOCKED = 1  # APPNOTE.TXT of PKWARE, 4.4.4, bit 0
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary, [MS-CFB] 2.2
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_MARKUP = (".xml", ".rels")
_MOST_MARKUP = 100
"""Megabytes of mark-up, which are parsed into a tree of some ten times their size. Set by hand; not measured."""
_MOST_UNPACKED = 500
"""Megabytes to which a file may unpack in all, pictures included. Set by hand; not measured."""
_MOST_PARTS = 20_000
"""Parts of a package. Set by hand; not measured."""


def refuse_package(name: str, content: bytes, program: str, suffix: str) -> None:
    """Refuse what is no package of a Word or PowerPoint file, or one that must not be unpacked.

    Args:
        name: File name, for messages.
        content: Its bytes.
        program: "Word" or "PowerPoint".
        suffix: With which that program should save it.

    Raises:
        EncryptedDocument: It opens with a password only.
        DamagedDocument: It is of an older kind, or is damaged.
        UnreadableDocument: It unpacks to more than it should.
    """
    locked = EncryptedDocument(f"{name} is encrypted with a password. Save a copy without one, and check that.")
    again = f"Open it in {program} and save it again as {suffix}."
    if content.startswith(_OLD_CONTAINER):
        if _ENCRYPTED_STREAM in content:
            raise locked
        raise DamagedDocument(f"{name} is a document of {program} 97-2003. {again}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise DamagedDocument(f"{name} is not a readable file of {program}. {again}") from error
    if any(part.flag_bits & _LOCKED for part in parts):
        raise locked
    # zipfile unpacks no part beyond the size that the package states of it: the sum is what it can come to.
    markup = sum(part.file_size for part in parts if part.filename.lower().endswith(_MARKUP))
    unpacked = sum(part.file_size for part in parts)
    for size, most, what in ((markup, _MOST_MARKUP, "of mark-up"), (unpacked, _MOST_UNPACKED, "in all")):
        if size > most * 2**20:
            raise UnreadableDocument(
                f"{name} unpacks to {size / 2**20:,.0f} MB {what}; {most} MB are the most. Check it chapter by chapter."
            )
    if len(parts) > _MOST_PARTS:
        raise UnreadableDocument(
            f"{name} has {len(parts):,} parts; {_MOST_PARTS:,} are the most. Check it chapter by chapter."
        )
