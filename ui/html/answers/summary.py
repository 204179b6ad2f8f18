"""Sentences that a language model made of the quotations, under a label that says so."""

from answer.records import Answer
from answer.summary.writer import ARRANGED
from pinpoint.text import escape, plural
from ui.html.answers.evidence import marker_links


def arranged(answer: Answer) -> str:
    """The sentences as HTML with links to their sources; "" where no language model wrote any."""
    if not answer.summary:
        return ""
    lines = "".join(f"<p>{escape(part.text)} {marker_links(part.citations)}</p>" for part in answer.summary)
    verb = "was" if answer.removed == 1 else "were"
    removed = f" {plural(answer.removed, 'sentence')} did not pass and {verb} removed." if answer.removed else ""
    return (
        f'<section class="pp-arranged" aria-label="Written by a language model"><p class="pp-fact">{ARRANGED}.'
        f'{removed}</p>{lines}</section><h2 class="pp-small">Quotations</h2>'
    )
