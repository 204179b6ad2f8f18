"""A checked draft as one HTML file: no script, nothing loaded from elsewhere."""

from drafts.records import Check
from drafts.reports import wording
from drafts.reports.web.marks import draft_html
from drafts.reports.web.rows import table_html
from drafts.reports.web.style import MARKS, STYLE
from pinpoint.text import day, escape


def page_of(check: Check) -> bytes:
    """The counts, what was not checked, the table of findings and the draft with marks."""
    name = escape(check.draft.name)
    left = "".join(f"<li>{escape(text)}</li>" for text in wording.not_checked(check))
    found = table_html(check)
    table = (
        '<h2 id="findings">Findings</h2>'
        f'<div class="wide" tabindex="0" role="region" aria-labelledby="findings">{found}</div>'
        if found
        else ""
    )
    body = (
        '<a class="skip" href="#draft">Skip to the draft</a><header>'
        f"<h1>{wording.TITLE}</h1><p>{name}, as of {day(check.as_of)}</p></header><main>"
        f"<p><strong>{escape(wording.counted(check))}</strong></p>"
        f"<p>{escape(wording.held_against(check))}</p><p>{wording.NO_VERDICT}</p>"
        f"{f'<h2>Not checked</h2><ul>{left}</ul>' if left else ''}{table}"
        f'<h2 id="draft">The draft</h2><div class="pd-draft">{draft_html(check)}</div></main>'
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{name}: {wording.TITLE}</title><style>{STYLE}{MARKS}</style></head><body>{body}</body></html>\n"
    ).encode()
