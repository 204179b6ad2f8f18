"""Web pages to blocks: pages of the Policy Manual, of the United States Code, and all others."""

import re
from dataclasses import replace
from pathlib import Path

from ingest.readers.html.reader import html_reading
from ingest.readers.policy_manual import policy_manual_reading
from ingest.records import Reading

_CODE_SECTION = b"<!-- field-start:statute -->"
_EDITORIAL = re.compile(
    rb"<!-- field-start:(?P<field>notes|analysis|repealedhead) -->.*?<!-- field-end:(?P=field) -->", re.DOTALL
)


def read_web_page(path: Path) -> Reading:
    """Read an HTML file.

    Raises:
        EmptyDocument: The file has no element at all.
    """
    return web_page_reading(path.read_bytes(), path.name)


def web_page_reading(source: bytes, name: str) -> Reading:
    """Read an HTML page, known by its content.

    A page of the United States Code in the mark-up of the Law Revision Counsel, as govinfo has
    it too, marks its fields with comments. Its editorial notes are not law, and paragraphs in
    them are numbered like provisions, so they are left out.

    Args:
        source: The page, in UTF-8.
        name: Name of the file, for messages.
    """
    manual = policy_manual_reading(source, name)
    if manual is not None:
        return manual
    if _CODE_SECTION not in source:
        return html_reading(source, name)
    statute, left_out = _EDITORIAL.subn(b"", source)
    reading = html_reading(statute, name)
    if not left_out:
        return reading
    warning = "Editorial notes and tables of contents were left out: the text is the statute and its source credits."
    return replace(reading, warnings=(*reading.warnings, warning))
