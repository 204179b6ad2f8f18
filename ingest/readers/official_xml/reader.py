"""The reader of official XML: the format is known by the root element and its namespace."""

from pathlib import Path

from lxml import etree

from ingest.readers.official_xml.cfr_volume import is_cfr_volume, read_cfr_volume
from ingest.readers.official_xml.ecfr import is_ecfr, read_ecfr
from ingest.readers.official_xml.load import load_root, local_name
from ingest.readers.official_xml.other_formats import describe_other
from ingest.readers.official_xml.register import is_register, read_register
from ingest.readers.official_xml.uslm.document import is_uslm, read_uslm
from ingest.readers.official_xml.uslm.register import is_uslm_register, read_uslm_register
from ingest.records import Reading
from pinpoint.errors import UnreadableDocument


def read_official_xml(path: Path, *, part: str = "") -> Reading:
    """Read USLM, the eCFR, the annual CFR or the Federal Register.

    Args:
        path: The file.
        part: Which document of an issue of the Federal Register is read: its number ("2024-02787"), or words of its
            agency and subject; "" for the whole file.

    Raises:
        DamagedDocument: The file is not well-formed XML, or needs entities that it defines itself.
        UnreadableDocument: It is XML of another kind, or has no document that fits ``part``.
    """
    root = load_root(path)
    if is_register(root):
        return read_register(root, name=path.name, part=part)
    if is_uslm(root) and is_uslm_register(root):
        return read_uslm_register(root, name=path.name, part=part)
    if part:
        raise UnreadableDocument(
            f"{path.name}: part = {part!r} chooses a document of an issue of the Federal Register, and this is none. "
            "Remove the line from the manifest."
        )
    return _read(path, root)


def _read(path: Path, root: etree._Element) -> Reading:
    if is_uslm(root):
        return read_uslm(root)
    if is_cfr_volume(root) and not is_ecfr(root):
        return read_cfr_volume(root)
    if is_ecfr(root):
        return read_ecfr(root)
    raise UnreadableDocument(
        f"{path.name} is XML but not of a format that is read: {describe_other(root, local_name(root))}"
    )
