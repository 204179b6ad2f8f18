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
    rows = "".join(row_html(finding, opening) for finding in wording.in_turn(check.findings))
    return (
        '<table class="pd-findings"><caption>Findings: those that need a look first</caption>'
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
    source = wording.source_line(finding.source) or finding.citation
    if shown := wording.reads(finding):
        yield _quoted(wording.READS, shown, source)
    elif finding.reads:
        yield f'<p class="pd-source">{escape(source)}</p>'
    if finding.now_reads:
        yield _quoted(
            wording.now_reads(finding), finding.now_reads, wording.source_line(finding.now_source) or finding.now
        )
    elif finding.now:
        yield f"<p>{wording.now_reads(finding)}: {escape(finding.now)}</p>"
    if finding.nearest:
        yield f"<p>{wording.NEAREST}:</p>"
        yield from (f"<blockquote>{escape(text)}</blockquote>" for text in finding.nearest)


def _quoted(name: str, text: str, source: str) -> str:
    said = f'<p class="pd-source">{escape(source)}</p>' if source else ""
    return f"<p>{name}:</p><blockquote>{escape(text)}</blockquote>{said}"


def words_html(finding: Finding) -> str:
    """Two texts word by word, of the document and the draft, or replaced and of the day; each says what is whose."""
    replaced = finding.state == "replaced"
    first, second = ("the replaced text", "the text of the day") if replaced else ("the document", "the draft")
    shown = {
        "same": "{}",
        "removed": f'<del><span class="pd-sr">only in {first}: </span>{{}}<span class="pd-sr">; </span></del>',
        "added": f'<ins><span class="pd-sr">only in {second}: </span>{{}}<span class="pd-sr">; </span></ins>',
    }
    return "".join(shown[change].format(escape(text)) for change, text in finding.words)
