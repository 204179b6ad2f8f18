"""The draft as HTML with its findings marked: each mark says its state in words and leads to its row."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from drafts.records import Check, DraftPart, Finding
from drafts.reports import wording
from pinpoint.text import escape

_STORIES = {"note": "note", "comment": "comment", "table": "cell", "box": "box", "header": "header"}


def draft_html(check: Check) -> str:
    """All parts of the draft in order."""
    found = wording.by_part(check.findings)
    return "".join(part_html(part, found.get(part.number, ())) for part in check.draft.parts)


def part_html(part: DraftPart, findings: Sequence[Finding]) -> str:
    """A part that says where it stands, unless that is the body, with its marks of notes and its findings."""
    shown = "".join(_marked(part, findings))
    apart = part.story != "body" or not part.where.startswith("paragraph")
    where = f'<span class="pd-where">{escape(part.where)}: </span>' if apart else ""
    kind = _STORIES.get(part.story, "notes" if part.story == "slide notes" else "")
    style = f"pd-part{f' pd-{kind}' if kind else ''}"
    if part.block_quote:
        return f'<blockquote class="{style}"><p>{where}{shown}</p></blockquote>'
    if part.heading:
        return f'<p class="{style} pd-heading"><strong>{where}{shown}</strong></p>'
    return f'<p class="{style}">{where}{shown}</p>'


def _marked(part: DraftPart, findings: Sequence[Finding]) -> Iterator[str]:
    text = part.text
    spans = [(min(one.start, len(text)), min(max(one.end, one.start), len(text)), one) for one in findings]
    notes = {at: [number for position, number in part.note_marks if position == at] for at, _ in part.note_marks}
    cuts = sorted({0, len(text), *notes, *(at for start, end, _ in spans for at in (start, end))})
    for start, end in pairwise((*cuts, cuts[-1])):
        yield from (f"<sup>{escape(number)}</sup>" for number in notes.get(start, ()))
        for begin, _, finding in spans:
            if begin == start:
                yield _badge(finding)
        if start == end:
            continue
        words = escape(text[start:end])
        covering = [finding for begin, ended, finding in spans if begin < end and ended > start]
        if covering:
            state = next((one.state for one in covering if one.state != "found"), "found")
            yield f'<mark class="pd-{state}">{words}</mark>'
        else:
            yield words


def _badge(finding: Finding) -> str:
    """The number and the state of a finding, before its words; a link to its row."""
    return (
        f'<a class="pd-badge pd-{finding.state}" id="words-{finding.number}" href="#finding-{finding.number}">'
        f"{finding.number} {escape(wording.state_of(finding).lower())}</a>"
    )
