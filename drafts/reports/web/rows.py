"""The findings as a table in HTML, each with a link to its words in the draft."""

from collections.abc import Callable, Iterator

from drafts.records import Check, Finding
from drafts.reports import wording
from pinpoint.text import escape

HEAD = ("No.", "Where", "In the draft", "State", "What the documents say")
Opening = Callable[[Finding], str]
"""Makes a link that opens the provision of a finding, as HTML; "" for none."""


def no_link(_: Finding) -> str:
    """No link: a report stands by itself."""
    return ""


def table_html(check: Check, opening: Opening = no_link) -> str:
    """The table of findings; "" where there is none.

    Args:
        check: What is reported.
        opening: Makes the link to a provision.
    """
    if not check.findings:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in HEAD)
    rows = "".join(row_html(finding, opening) for finding in check.findings)
    return (
        '<table class="pd-findings"><caption>Findings, in the order of the draft</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def row_html(finding: Finding, opening: Opening) -> str:
    """One finding: its words, its state, and what the documents say."""
    number = finding.number
    return (
        f'<tr id="finding-{number}"><th scope="row"><a href="#words-{number}" '
        f'aria-label="Finding {number}: back to its words in the draft">{number}</a></th>'
        f"<td>{escape(finding.where)}</td>"
        f"<td>{finding.kind.capitalize()}: \u201c{escape(wording.shortened(finding.text))}\u201d</td>"
        f'<td><span class="pd-state pd-{finding.state}">{escape(wording.state_of(finding))}</span></td>'
        f"<td><p>{escape(wording.sentence(finding))}</p>{''.join(_said(finding))}{opening(finding)}</td></tr>"
    )


def _said(finding: Finding) -> Iterator[str]:
    details = "".join(_details(finding))
    if details:
        opened = " open" if finding.needs_a_look else ""
        yield f'<details{opened}><summary>What it reads<span class="pd-sr"> (finding {finding.number})</span></summary>'
        yield f"{details}</details>"
    yield from (f"<p>{escape(text)}</p>" for text in (wording.choices(finding), wording.beside(finding)) if text)


def _details(finding: Finding) -> Iterator[str]:
    if finding.words:
        yield f'<p class="pd-words">{words_html(finding)}</p>'
        yield from (f"<p>{escape(text)}</p>" for text in wording.differences(finding))
    if finding.reads:
        source = wording.source_line(finding.source) or finding.citation
        yield _quoted(wording.READS, finding.reads, source)
    if finding.now_reads:
        yield _quoted(wording.NOW_READS, finding.now_reads, wording.source_line(finding.now_source) or finding.now)
    elif finding.now:
        yield f"<p>{wording.NOW_READS}: {escape(finding.now)}</p>"
    if finding.nearest:
        yield f"<p>{wording.NEAREST}:</p>"
        yield from (f"<blockquote>{escape(text)}</blockquote>" for text in finding.nearest)


def _quoted(name: str, text: str, source: str) -> str:
    said = f'<p class="pd-source">{escape(source)}</p>' if source else ""
    return f"<p>{name}:</p><blockquote>{escape(text)}</blockquote>{said}"


def words_html(finding: Finding) -> str:
    """The text of the document and that of the draft, word by word; each difference says whose it is."""
    shown = {
        "same": "{}",
        "removed": '<del><span class="pd-sr">only in the document: </span>{}<span class="pd-sr">; </span></del>',
        "added": '<ins><span class="pd-sr">only in the draft: </span>{}<span class="pd-sr">; </span></ins>',
    }
    return "".join(shown[change].format(escape(text)) for change, text in finding.words)
