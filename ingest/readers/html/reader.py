"""HTML to blocks. Markdown takes the same way after it has been rendered to HTML."""

from collections import Counter
from pathlib import Path

from lxml import etree

from ingest.readers.html.marks import Marks, tidy
from ingest.readers.html.notes import Notes
from ingest.readers.html.page import parse_page
from ingest.readers.html.prepare import Preparation
from ingest.readers.html.walker import Walker
from ingest.records import Reading, Repair
from pinpoint.errors import EmptyDocument
from pinpoint.records import LeftOut

CHROME = "words of menus and controls left out"

STYLES = "Its styles are too many to apply them all: text that it hides may have been read. Save the page as text."
"""The warning about a page whose styles are applied in part."""


def read_html(path: Path) -> Reading:
    """Read an HTML file.

    Raises:
        EmptyDocument: The file has no element at all.
    """
    return html_reading(path.read_bytes(), path.name)


def html_reading(source: bytes | str, name: str) -> Reading:
    """Read a page as it is seen on a screen.

    Chrome (menus, controls, lines of copyright) is left out, and so is what the page hides or strikes out, which the
    reading counts.

    Args:
        source: The page; bytes in the character set that it declares.
        name: Name of the file, for messages.

    Raises:
        EmptyDocument: The page has no element at all.
    """
    try:
        root, warnings = parse_page(source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise EmptyDocument(f"{name} holds no HTML. Save the page again, or remove the file.") from error
    repairs: Counter[str] = Counter()
    marks = Marks()
    title = tidy(marks.clean(" ".join((root.findtext(".//title") or "").split()), repairs))
    found = root.find(".//body")
    body = root if found is None else found
    proxies = list(root.iter())  # lxml makes the objects of elements that nobody holds anew at each visit
    preparation = Preparation(root, marks)
    preparation.run(body)
    Notes(body, marks).run()
    blocks = tuple(marks.settle(Walker(marks, repairs).blocks(body), repairs))
    proxies.clear()
    repairs[CHROME] += preparation.chrome
    first_heading = next((block.text for block in blocks if block.kind == "heading"), "")
    return Reading(
        blocks,
        title=title or first_heading,
        repairs=tuple(Repair(kind, count) for kind, count in sorted(repairs.items()) if count),
        warnings=(*warnings, STYLES) if preparation.is_cut else warnings,
        left_out=(LeftOut("hidden", preparation.hidden),) if preparation.hidden else (),
    )
