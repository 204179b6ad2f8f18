"""Names of XML formats that are no official law, and what to do with a file of each."""

from lxml import etree

_SAVE = "Save it as .docx, .pdf or .html"
_USLM = "Download the U.S. text as USLM, or save it as .html"
_FORMATS = (  # (beginning of the namespace or "", names of the root, what it is, remedy); the first that fits
    ("http://www.w3.org/1999/xhtml", ("html",), "a web page (XHTML)", "Give it the suffix .html"),
    ("http://www.w3.org/2000/svg", (), "a picture (SVG)", "Use the document that the picture was made of"),
    ("http://www.w3.org/2005/Atom", (), "a news feed (Atom)", "Download the documents that it lists"),
    ("http://schemas.microsoft.com/office/2006/xmlPackage", (), "a Word document as flat XML", "Save it as .docx"),
    ("http://schemas.microsoft.com/office/word/2003/wordml", (), "a Word 2003 XML document", "Save it as .docx"),
    ("urn:schemas-microsoft-com:office:spreadsheet", (), "an Excel 2003 XML workbook", _SAVE),
    ("urn:oasis:names:tc:opendocument", (), "an OpenDocument file as flat XML", _SAVE),
    ("http://docbook.org/ns/docbook", (), "a DocBook document", _SAVE),
    ("http://www.tei-c.org/ns", (), "a TEI text", _SAVE),
    ("http://docs.oasis-open.org/legaldocml", (), "an Akoma Ntoso document", _USLM),
    ("http://www.akomantoso.org", (), "an Akoma Ntoso document", _USLM),
    ("http://release.niem.gov", (), "a NIEM data exchange", "It holds data, no text: remove it"),
    ("http://niem.gov", (), "a NIEM data exchange", "It holds data, no text: remove it"),
    ("http://www.w3.org/2001/XMLSchema", ("schema",), "an XML schema", "Remove it"),
    ("http://www.w3.org/1999/XSL/Transform", (), "an XSLT stylesheet", "Remove it"),
    ("http://www.sitemaps.org", (), "a site map", "Download the documents that it lists"),
    ("http://www.loc.gov/METS", (), "a METS list of files", "Download the document that it describes"),
    ("http://www.loc.gov/mods", (), "a MODS record of a library", "Download the document that it describes"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", (), "RDF data", "Download the document that it describes"),
    ("", ("rss",), "a news feed (RSS)", "Download the documents that it lists"),
    ("", ("book", "article", "chapter"), "a DocBook document", _SAVE),
    ("", ("html",), "a web page without its namespace", "Give it the suffix .html"),
    ("", ("bill", "resolution", "amendment-doc"), "a bill in the mark-up of the House and Senate of before USLM",
     "Download it as USLM from www.govinfo.gov, or as .pdf"),
    ("", ("billStatus", "BILLSUMMARIES", "BillSummaries"), "the status or summary of bills",
     "Download the text of the bill as USLM from www.govinfo.gov"),
    ("", ("LSA", "CFRINDEX"), "a finding aid of the CFR", "Download the volume or the eCFR title itself"),
    ("", ("Envelope",), "a message of a web service", "Download the document that it speaks of"),
)  # fmt: skip
_READ = "USLM, eCFR, the annual CFR (CFRDOC) and the Federal Register (FEDREG) are read."


def describe_other(root: etree._Element, name: str) -> str:
    """What a file seems to be, what to do with it, and what is read: the end of a message.

    Args:
        root: Its root element.
        name: The root's name, without its namespace.
    """
    namespace = etree.QName(root).namespace or ""
    for beginning, roots, what, remedy in _FORMATS:
        fits = namespace.startswith(beginning) if beginning else not namespace
        if fits and (not roots or name in roots):
            return f"it seems to be {what}. {remedy}. {_READ}"
    of = f" of {namespace[:100]}" if namespace else ""
    return f"its root is <{name[:60]}>{of}. Convert or remove it. {_READ}"
