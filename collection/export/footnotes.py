"""Footnotes for Word: the part of the file that holds them, and the references to it in the text.

python-docx has no footnotes. A document has them in ``word/footnotes.xml`` (ECMA-376 part 1, 17.11), whose first two
notes are the separators that Word draws above the others.
"""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_TEXT, _MARK, LINK = "FootnoteText", "FootnoteReference", "Hyperlink"
_SEPARATORS = ("separator", "continuationSeparator")
_EMPTY = (
    f"<w:footnotes {nsdecls('w', 'r')}>"
    + "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in enumerate(_SEPARATORS, start=-1)
    )
    + "</w:footnotes>"
)


class Footnotes:
    """The footnotes of one document, numbered from 1."""

    def __init__(self, document: Document) -> None:
        """Give a document that has no footnotes the part for them, and their styles."""
        package = document.part.package
        element = parse_xml(_EMPTY)
        self._part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._count = 0
        _add_styles(document)
        _declare(document)

    def add(self, paragraph: Paragraph, text: str, url: str = "") -> None:
        """Put a reference at the end of a paragraph, and its footnote: a text, and the address of its source."""
        self._count += 1
        run = paragraph.add_run()
        run.style = "footnote reference"
        run._r.append(_element("w:footnoteReference", {"w:id": str(self._count)}))
        note = _element("w:footnote", {"w:id": str(self._count)})
        body = _element("w:p")
        properties = _element("w:pPr")
        properties.append(_element("w:pStyle", {"w:val": _TEXT}))
        body.append(properties)
        body.append(_run(_element("w:footnoteRef"), _MARK))
        body.append(_run(_words(f" {text}{' Official source: ' if url else ''}")))
        if url:
            relation = self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = _element("w:hyperlink", {"r:id": relation, "w:history": "1"})
            link.append(_run(_words(url), LINK))
            body.append(link)
        note.append(body)
        self._part.element.append(note)


def _element(name: str, attributes: dict[str, str] | None = None) -> BaseOxmlElement:
    element: BaseOxmlElement = parse_xml(f"<{name} {nsdecls('w', 'r')}/>")
    for attribute, value in (attributes or {}).items():
        element.set(qn(attribute), value)
    return element


def _words(text: str) -> BaseOxmlElement:
    element = _element("w:t", {"xml:space": "preserve"})
    element.text = text
    return element


def _run(content: BaseOxmlElement, style: str = "") -> BaseOxmlElement:
    run = _element("w:r")
    if style:
        properties = _element("w:rPr")
        properties.append(_element("w:rStyle", {"w:val": style}))
        run.append(properties)
    run.append(content)
    return run


def _add_styles(document: Document) -> None:
    styles = document.styles
    text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(3)
    text.element.set(qn("w:styleId"), _TEXT)
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    mark.element.set(qn("w:styleId"), _MARK)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True
    link.element.set(qn("w:styleId"), LINK)


def _declare(document: Document) -> None:
    """Name the separators in the settings, as Word does; they stand before the settings for compatibility."""
    declared = _element("w:footnotePr")
    for number, _ in enumerate(_SEPARATORS, start=-1):
        declared.append(_element("w:footnote", {"w:id": str(number)}))
    settings = document.settings.element
    settings.insert(list(settings).index(settings.find(qn("w:compat"))), declared)
