"""A quotation for the clipboard as HTML that word processors paste with a real footnote.

HTML has no footnotes. Word and LibreOffice each write theirs in a dialect of their own and read it back; both stand in
one text here, since neither is disturbed by what it does not know:

- Word: an anchor with ``mso-footnote-id``, and a ``div`` of that id with ``mso-element: footnote`` in a list of them.
  What stands between ``<![if !supportFootnotes]>`` and ``<![endif]>`` is for all other programs.
- LibreOffice: an anchor of class ``sdfootnoteanc``, and a ``div`` whose id is the target of its link without ``sym``;
  an id of another form is no footnote to it (tried with 7.4).

Others show the mark "[1]" and the note below. What stands between mark and note is a no-break space, since LibreOffice
drops any other there, and "1" before "8 CFR 214.202" would read as title 18.
"""

from collection.export.handout import web_address, writable
from pinpoint.text import escape

_NAMESPACES = (
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" '
    'xmlns="http://www.w3.org/TR/REC-html40"'
)
_OTHERS, _END = "<![if !supportFootnotes]>", "<![endif]>"
_MARK = (
    '<span class="MsoFootnoteReference"><span style="mso-special-character:footnote">'
    f"{_OTHERS}<sup>[1]</sup>{_END}</span></span>"
)
_STYLE = (
    "p.MsoFootnoteText{margin:0;font-size:9.0pt}span.MsoFootnoteReference{vertical-align:super}"
    "@page WordSection1{mso-footnote-numbering-restart:continuous}"
)


def with_footnote(quotation: str, citation: str, url: str = "") -> str:
    """A quotation in quotation marks as an HTML page whose footnote has its citation.

    Args:
        quotation: Word for word; its lines stay lines.
        citation: What the footnote says, in the wording of the exported Word file.
        url: Address of the official source, linked behind it; "" for none.
    """
    quoted = "<br>".join(escape(line) for line in f"\u201c{writable(quotation)}\u201d".split("\n"))
    address = escape(web_address(url))
    source = f' Official source: <a href="{address}">{address}</a>' if address else ""
    note = f"{escape(' '.join(writable(citation).split()))}{source}"
    return (
        f'<html {_NAMESPACES}><head><meta charset="utf-8"><meta name="ProgId" content="Word.Document">'
        f"<style>{_STYLE}</style></head><body>"
        f'<p>{quoted}<a class="sdfootnoteanc" style="mso-footnote-id:ftn1" href="#sdfootnote1sym" name="_ftnref1" '
        f'title="">{_MARK}</a></p>'
        '<div style="mso-element:footnote-list">'
        '<div style="mso-element:footnote" id="ftn1"><div id="sdfootnote1"><p class="MsoFootnoteText">'
        '<a class="sdfootnotesym" style="mso-footnote-id:ftn1" href="#_ftnref1" name="sdfootnote1sym" title="">'
        f"{_MARK}</a>&nbsp;{note}</p></div></div></div></body></html>"
    )
