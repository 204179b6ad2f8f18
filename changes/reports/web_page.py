"""A report of changes as one HTML file: no script, nothing loaded from elsewhere, made to be read and printed."""

from changes.records import Changes, DocumentChange
from changes.reports.markup import STYLE, moved_html, section_html, watched_html
from changes.reports.wording import (
    LEGEND,
    NO_CHANGE,
    about,
    counts_of,
    fact_line,
    summary_of,
    title_of,
)
from pinpoint.text import escape

_STYLE = """
:root { --ink: #1a222b; --quiet: #515c68; --accent: #1d3f66; --hair: #d5dae0; --paper: #ffffff; --bad: #8a2b1d;
  --good: #1f5c33; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e8ee; --quiet: #a5b0bc; --accent: #9cc3ec; --hair: #303a46; --paper: #11161c; --bad: #f2a798;
    --good: #9bd6ac; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem; max-width: 56rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 "Source Sans 3", "Segoe UI", "Noto Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
blockquote { margin: 0.4rem 0; padding: 0 0 0 0.9rem; border-left: 3px solid var(--accent); }
a { color: var(--accent); } a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:target { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); }
@media print {
  :root { --ink: #000; --quiet: #333; --accent: #000; --hair: #999; --paper: #fff; --bad: #000; --good: #000; }
  @page { margin: 2cm; } body { max-width: none; padding: 0; font-size: 11pt; }
  h1, h2, h3 { break-after: avoid; } .skip { display: none; }
}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def web_page_of(changes: Changes) -> bytes:
    """A report as an HTML file, UTF-8."""
    counts = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{count:,}</td></tr>' for name, count in counts_of(changes)
    )
    named = "".join(
        f'<li><a href="#d{number}">{escape(document.known.title)}</a>: {escape(summary_of(document))}</li>'
        for number, document in enumerate(changes.documents, start=1)
    )
    documents = "".join(_document(number, one) for number, one in enumerate(changes.documents, start=1))
    watched = "".join(map(watched_html, changes.watched))
    body = (
        f'<a class="skip" href="#documents">Skip to the documents</a><header><h1>{escape(title_of(changes))}</h1>'
        f"{''.join(f'<p>{escape(line)}</p>' for line in about(changes))}</header>"
        f'<main><section><h2>Summary</h2><table class="pc-table"><caption>How much changed</caption>'
        f"<tbody>{counts}</tbody></table><p>{escape(LEGEND)}</p></section>"
        + (f"<section><h2>Watched files</h2>{watched}</section>" if watched else "")
        + f'<section id="documents"><h2>Documents</h2>{f"<ul>{named}</ul>" if named else f"<p>{NO_CHANGE}</p>"}'
        f"</section>{documents}</main>"
    )
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title_of(changes))}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>{_STYLE}{STYLE}</style></head>'
        f"<body>{body}</body></html>\n"
    )
    return page.encode()


def _document(number: int, document: DocumentChange) -> str:
    ids = [f"d{number}s{row}" for row in range(1, len(document.sections) + 1)]
    facts = "".join(f"<li>{escape(fact_line(fact.name, fact.old, fact.new))}</li>" for fact in document.facts)
    sections = "".join(section_html(one, name) for one, name in zip(document.sections, ids, strict=True))
    return (
        f'<section id="d{number}"><h2>{escape(document.known.title)}</h2><p>{escape(summary_of(document))}</p>'
        f"{f'<ul>{facts}</ul>' if facts else ''}{moved_html(document, ids)}{sections}</section>"
    )
