"""A handout as one HTML file, and the page around it: no script, nothing loaded from elsewhere, made to be printed."""

from collections.abc import Sequence

from collection.changes import NEVER_VERIFIED
from collection.export.handout import ABOUT, NOTE, Entry, Handout
from collection.export.tables import table, together
from pinpoint.text import day, escape

_STYLE = """
:root { --ink: #1a222b; --quiet: #515c68; --accent: #1d3f66; --hair: #d5dae0; --paper: #ffffff; --bad: #8a2b1d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e8ee; --quiet: #a5b0bc; --accent: #9cc3ec; --hair: #303a46; --paper: #11161c; --bad: #f2a798; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 44rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 "Source Sans 3", "Segoe UI", "Noto Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
.day, .small { color: var(--quiet); font-size: 0.9rem; }
blockquote { margin: 1.25rem 0 0.25rem; padding: 0 0 0 0.9rem; border-left: 3px solid var(--accent); 
  white-space: pre-line; font: 1.0625rem/1.55 Georgia, "Noto Serif", "Times New Roman", serif; }
.note { margin: 0.4rem 0 0.4rem 1.1rem; padding: 0.4rem 0.7rem; border: 1px dashed var(--hair);
  white-space: pre-line; }
.item { margin-left: 1.5rem; }
table { border-collapse: collapse; margin: 1.25rem 0 0.5rem; font: 1rem/1.5 Georgia, "Noto Serif", serif; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.9rem 0.3rem 0; border-bottom: 1px solid var(--hair);
  white-space: pre-line; font-weight: 400; } thead th { font-weight: 600; }
.editor { margin: 0.4rem 0 0.4rem 1.1rem; padding: 0.4rem 0.7rem; border: 1px dotted var(--quiet); font-size: 0.9rem;
  white-space: pre-line; user-select: none; }
.claim { border-left-style: dashed; font-style: italic; }
.check { margin: 0.4rem 0 0.4rem 1.1rem; color: var(--bad); }
.notes { border-top: 1px solid var(--hair); margin-top: 2rem; padding-left: 1.6rem; font-size: 0.9rem; }
.notes li { margin: 0.5rem 0; } .about { border-top: 1px solid var(--hair); font-size: 0.9rem; }
.cards > li { margin: 1rem 0; } .choices > li { margin: 0.3rem 0; white-space: pre-line; }
.term { font-weight: 600; white-space: pre-line; }
a { color: var(--accent); } sup { line-height: 0; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:target { outline: 2px solid var(--accent); outline-offset: 4px; }
@media print {
  :root { --ink: #000; --quiet: #333; --accent: #000; --hair: #999; --paper: #fff; --bad: #000; }
  @page { margin: 2cm; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  h1, h2 { break-after: avoid; } blockquote, .note, .editor, .notes li, .cards > li { break-inside: avoid; }
  a { text-decoration: none; } .back { display: none; } .answers { break-before: page; }
  p, blockquote { orphans: 3; widows: 3; }
}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def web_page_of(handout: Handout) -> bytes:
    """The handout as an HTML file, UTF-8."""
    parts = []
    for heading, entries in handout.parts:
        body = "".join(_table(part) if part[0].rows else _entry(part[0]) for part in together(entries))
        parts.append(f"<section><h2>{escape(heading)}</h2>{body}</section>" if heading else body)
    for heading, listed in handout.lists:
        lines = "".join(f"<li>{escape(line)}</li>" for line in listed)
        parts.append(f"<section><h2>{escape(heading)}</h2><ul>{lines}</ul></section>")
    preface = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in handout.preface)
    notes = "".join(map(_footnote, handout.entries))
    about = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in handout.about)
    sources = f'<h2>Sources</h2><ol class="notes">{notes}</ol>' if notes else ""
    body = (
        f'<header><h1>{escape(handout.title)}</h1><p class="day">{day(handout.made)}</p></header>'
        f'<main>{preface}{"".join(parts)}{sources}<section class="about"><h2>{ABOUT}</h2>{about}</section></main>'
    )
    return page_of(handout.title, body)


def page_of(title: str, body: str) -> bytes:
    """A whole page around a body, with its styles and without any script."""
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'.encode()


def _table(entries: Sequence[Entry]) -> str:
    """Entries that are one table; the mark of each stands in the last cell of its last row."""
    rows, columns = table(entries)
    made: dict[bool, list[str]] = {True: [], False: []}
    for position, (entry, row, named) in enumerate(rows):
        last = position + 1 == len(rows) or rows[position + 1][0] is not entry
        made[named].append(_row([*row, *[""] * (columns - len(row))], _mark(entry) if last else "", head=named))
    head = f"<thead>{''.join(made[True])}</thead>" if made[True] else ""
    below = "".join(_below(entry) for entry in entries)
    before = "".join(_before(entry) for entry in entries)
    return f"{before}<table>{head}<tbody>{''.join(made[False])}</tbody></table>{below}"


def _row(row: Sequence[str], mark: str, *, head: bool) -> str:
    named = [
        f'<th scope="{"col" if head else "row"}">{escape(row[0])}',
        *(f'<th scope="col">{escape(cell)}' if head else f"<td>{escape(cell)}" for cell in row[1:]),
    ]
    ends = ["</th>", *(["</th>" if head else "</td>"] * (len(row) - 1))]
    named[-1] += mark
    return f"<tr>{''.join(cell + end for cell, end in zip(named, ends, strict=True))}</tr>"


def _mark(entry: Entry) -> str:
    if not entry.number:
        return ""
    return (
        f'<sup><a href="#note-{entry.number}" id="quotation-{entry.number}" '
        f'aria-label="Source {entry.number}">{entry.number}</a></sup>'
    )


def _entry(entry: Entry) -> str:
    styles = [] if entry.verified else ["claim"]
    styles += ["item"] if entry.item else []
    style = f' class="{" ".join(styles)}"' if styles else ""
    return f"{_before(entry)}<blockquote{style}>{escape(entry.quotation)}{_mark(entry)}</blockquote>{_below(entry)}"


def _before(entry: Entry) -> str:
    return "" if entry.verified else f'<p class="check"><strong>{NEVER_VERIFIED}:</strong></p>'


def _below(entry: Entry) -> str:
    note = f'<p class="note"><strong>{NOTE}:</strong> {escape(entry.note)}</p>' if entry.note else ""
    check = f'<p class="check"><strong>Check:</strong> {escape(entry.warning)}</p>' if entry.warning else ""
    editor = "".join(
        f'<aside class="editor"><strong>{escape(what)}:</strong> {escape(text)}</aside>'
        for what, text in entry.editor_notes
    )
    return f"{editor}{note}{check}"


def _footnote(entry: Entry) -> str:
    url = escape(entry.url)
    source = f' Official source: <a href="{url}">{url}</a>' if url else ""
    back = f' <a class="back" href="#quotation-{entry.number}" aria-label="Back to quotation {entry.number}">Back</a>'
    return f'<li id="note-{entry.number}">{escape(entry.citation)}{source}{back}</li>'
