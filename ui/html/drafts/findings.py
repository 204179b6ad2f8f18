"""Findings of a checked draft as cards, and its counts."""

from collections.abc import Iterator, Sequence

from drafts.records import STATES, Check, DraftPart, Finding
from drafts.reports import wording
from drafts.reports.web.marks import part_html
from drafts.reports.web.rows import words_html
from index.documents.span_names import span_name
from index.search import HybridIndex
from pinpoint.records import Source
from pinpoint.text import escape, plural
from ui.state.navigation import Location, location_link

RESULTS = "checked-draft"
"""Id of the heading of what was checked, which takes the focus when a check is done."""
_MOST_PARTS = 400
"""Parts of a draft up to which all of it is shown; of a longer one those with findings. Set by hand; not measured."""


def summary(check: Check) -> str:
    """The counts, the day and the index, and what was not checked."""
    counts = check.counts
    listed = "".join(
        f'<li><span class="pd-state pd-{state}">{escape(words)}</span>: {counts[state]}</li>'
        for state, words in STATES.items()
        if counts[state]
    )
    left = "".join(f"<li>{escape(text)}</li>" for text in wording.not_checked(check))
    shown = f'<ul class="pd-counts">{listed}</ul>' if listed else f"<p>{wording.counted(check)}</p>"
    apart = f'<h3 class="pp-small">Not checked</h3><ul class="pp-plain">{left}</ul>' if left else ""
    return (
        f'<h2 id="{RESULTS}" tabindex="-1">{escape(check.draft.name)}</h2>{shown}'
        f'<p class="pp-fact">{escape(wording.held_against(check))} {wording.NO_VERDICT}</p>{apart}'
    )


def said(checks: Sequence[Check]) -> str:
    """What the status line says when a check is done."""
    looks = sum(finding.needs_a_look for check in checks for finding in check.findings)
    total = sum(len(check.findings) for check in checks)
    needs = "needs" if looks == 1 else "need"
    return f"Checked {plural(len(checks), 'draft')}: {plural(total, 'finding')}, {looks} of which {needs} a look."


def cards(index: HybridIndex, check: Check, findings: Sequence[Finding]) -> str:
    """Findings in the order of the draft; each leads to its words, and to its provision in the documents."""
    listed = "".join(f'<li id="finding-{one.number}">{_card(index, check, one)}</li>' for one in findings)
    return f'<ol class="pd-list">{listed}</ol>'


def _card(index: HybridIndex, check: Check, finding: Finding) -> str:
    number = finding.number
    opening = _open(index, check, finding.source, f"Open {finding.citation or 'the provision'}", number)
    opening += _open(index, check, finding.now_source, f"Open {finding.now or 'what replaced it'}", number)
    tools = f'<p class="pp-tools">{opening}</p>' if opening else ""
    return (
        f'<h3>{number} \u00b7 {finding.kind.capitalize()}: <span class="pd-state pd-{finding.state}">'
        f"{escape(wording.state_of(finding))}</span></h3>"
        f'<p class="pp-fact">{escape(wording.where_of(finding))} \u00b7 <a href="#words-{number}" '
        f'aria-label="Finding {number}: to its words in the draft">To its words</a></p>'
        f"<p>\u201c{escape(wording.shortened(finding.text))}\u201d</p>"
        f"<p>{escape(wording.sentence(finding))}</p>{''.join(_said(finding))}{tools}"
    )


def _said(finding: Finding) -> Iterator[str]:
    if finding.words:
        yield f'<p class="pd-words">{words_html(finding)}</p>'
        yield from (f"<p>{escape(text)}</p>" for text in wording.differences(finding))
    texts = (
        (wording.READS, finding.reads),
        (f"{wording.now_reads(finding)}: {finding.now}", finding.now_reads),
    )
    details = "".join(f"<p>{escape(name)}</p><blockquote>{escape(text)}</blockquote>" for name, text in texts if text)
    if finding.nearest:
        details += f"<p>{wording.NEAREST}</p>"
        details += "".join(f"<blockquote>{escape(text)}</blockquote>" for text in finding.nearest)
    if details:
        opened = " open" if finding.needs_a_look else ""
        yield (
            f"<details{opened}><summary>What it reads"
            f'<span class="pp-unseen"> (finding {finding.number})</span></summary>{details}</details>'
        )
    yield from (f"<p>{escape(text)}</p>" for text in (wording.choices(finding), wording.beside(finding)) if text)


def _open(index: HybridIndex, check: Check, source: Source | None, words: str, number: int) -> str:
    """A link to a text in its document; "" where there is none, or no longer in this index."""
    if source is None or source.span.document_id not in index.documents:
        return ""
    try:
        text = index.store.text(source.span)
    except (KeyError, ValueError):
        return ""
    location = Location(
        document=source.span.document_id,
        section=source.section,
        passage=span_name(source.span.start, text) if text else "",
        as_of=check.as_of,
    )
    return location_link(location, escape(words), label=f"{words}, finding {number}", style="pp-act")


def draft(check: Check, findings: Sequence[Finding]) -> str:
    """The draft with its findings marked; of a long one the parts that have some."""
    found = wording.by_part(findings)
    parts: Sequence[DraftPart] = check.draft.parts
    note = ""
    if len(parts) > _MOST_PARTS:
        parts = [part for part in parts if part.number in found]
        note = (
            f'<p class="pp-fact">The draft has {len(check.draft.parts):,} parts: those with findings are shown. '
            "The downloads have all of it.</p>"
        )
    shown = "".join(part_html(part, found.get(part.number, ())) for part in parts)
    return f'{note}<div class="pd-draft">{shown}</div>'
