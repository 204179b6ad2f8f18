"""Word files of raw mark-up for tests: the parts that are named, and nothing else."""

import io
import zipfile
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_KINDS = {
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "styles": "styles",
    "settings": "settings",
}
_SET_OFF = '<w:pPr><w:ind w:left="720" w:right="720"/></w:pPr>'
_STYLES = "".join(
    (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>',
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="IntenseQuote"><w:name w:val="Intense Quote"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="BlockText"><w:name w:val="Block Text"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Quote"/></w:style>',
        f'<w:style w:type="paragraph" w:styleId="Inset"><w:name w:val="Inset"/>{_SET_OFF}</w:style>',
        '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>',
    )
)


def word_file(body: str, **parts: str) -> bytes:
    """A .docx of the mark-up of a body and of parts by name ("footnotes", "header1", …), each what its root holds."""
    roots = {
        "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "header1": "hdr", "header2": "hdr",
        "footer1": "ftr", "settings": "settings",
    }  # fmt: skip
    files = {name: f"<w:{roots[name]} {_NAMES}>{inner}</w:{roots[name]}>" for name, inner in parts.items()}
    files["styles"] = f"<w:styles {_NAMES}>{_STYLES}</w:styles>"
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{_KINDS[name]}+xml"/>'
        for name in files
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{_KINDS[name]}" Target="{name}.xml"/>'
        for number, name in enumerate(files, start=1)
    )
    relations += (
        f'<Relationship Id="rIdWeb" Type="{_R}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    package = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        f"{kinds}</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        **{f"word/{name}.xml": text for name, text in files.items()},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in package.items():
            target.writestr(name, text if name == "[Content_Types].xml" else head + text)
    return written.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of a text."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a text that is no mark-up becomes a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is the mark-up of its blocks, or a text."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def note(kind: str, identifier: int, *texts: str) -> str:
    """A footnote or an endnote."""
    return f'<w:{kind} w:id="{identifier}">{"".join(map(paragraph, texts))}</w:{kind}>'


def comment(identifier: int, text: str, author: str = "Reviewer") -> str:
    """A comment."""
    return f'<w:comment w:id="{identifier}" w:author="{author}">{paragraph(text)}</w:comment>'


def box(text: str) -> str:
    """A text box as Word writes it: twice, once for programs that do not know the newer form."""
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(instruction: str, result: str) -> str:
    """A field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
