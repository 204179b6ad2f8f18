"""Word documents of a few elements, and what was read of them as lines."""

import zipfile
from pathlib import Path

from ingest.readers.registry import read_document
from ingest.records import RawBlock, Reading

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_NAMESPACES = " ".join(
    f'xmlns{prefix}="{name}"'
    for prefix, name in {
        "": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        ":w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        ":w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        ":mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        ":m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        ":v": "urn:schemas-microsoft-com:vml",
        ":wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        ":wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
          "settings": "settings"}  # fmt: skip
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = "".join(
    f'<style w:type="paragraph" w:styleId="Heading{level}"><name w:val="heading {level}"/>'
    f'<pPr><outlineLvl w:val="{level - 1}"/></pPr></style>'
    for level in (1, 2, 3)
)


def read(folder: Path, body: str, *, title: str = "", **parts: str) -> Reading:
    """Write a document and read it.

    Args:
        folder: Where the file is written.
        body: Elements of the body; the namespace of the main part is the default one.
        title: Title of its properties.
        parts: Elements of other parts by name; headings 1 to 3 are defined where no styles are given.
    """
    parts = {"styles": STYLES, **parts}
    path = folder / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}{name}+xml"/>' for name in parts
        )
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}document.main+xml"/>'
            f'<Override PartName="/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            f"{overrides}</Types>",
        )
        package.writestr(
            "_rels/.rels",
            _relations(
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "core.xml"),
            ),
        )
        package.writestr(
            "word/_rels/document.xml.rels", _relations(*((f"{_OFFICE}/{name}", f"{name}.xml") for name in parts))
        )
        package.writestr(
            "core.xml",
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>',
        )
        package.writestr("word/document.xml", f"<document {_NAMESPACES}><body>{body}</body></document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", f"<{_ROOTS[name]} {_NAMESPACES}>{content}</{_ROOTS[name]}>")
    return read_document(path)


def strict(path: Path) -> None:
    """Write a document again with the names of the strict form."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    form = "http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            main = text.replace(_WORD, f"{form}wordprocessingml/main")
            package.writestr(name, main.replace(_OFFICE, f"{form}officeDocument/relationships"))


def _relations(*related: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def lines(reading: Reading) -> list[str]:
    """Blocks as ``heading 2: text``, ``footnote [3]: text``; plain paragraphs as their text."""
    return [_line(block) for block in reading.blocks]


def _line(block: RawBlock) -> str:
    if block.kind == "paragraph":
        return block.text
    level = f" {block.level}" if block.level else ""
    marker = f" [{block.marker}]" if block.marker else ""
    return f"{block.kind}{level}{marker}: {block.text}"


def p(text: str = "", properties: str = "") -> str:
    """A paragraph: its text, or runs where it begins with a mark-up sign."""
    runs = text if not text or text.startswith("<") else r(text)
    return f"<p>{f'<pPr>{properties}</pPr>' if properties else ''}{runs}</p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<r>{f"<rPr>{properties}</rPr>" if properties else ""}<t xml:space="preserve">{text}</t></r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells that are texts, or content where they begin with a mark-up sign."""
    cell = "<tc>{}</tc>".format
    return (
        "<tbl>"
        + "".join(f"<tr>{''.join(cell(one if one.startswith('<') else p(one)) for one in row)}</tr>" for row in rows)
        + "</tbl>"
    )
