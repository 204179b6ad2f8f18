"""How much of the quotations on a case is shown at once: a sentence of each, and some words more over all."""

from collections.abc import Sequence
from dataclasses import replace

from answer.records import Quote
from index.documents.citable import citable_spans, leads
from index.search import HybridIndex

_WORDS = 120
"""Words that are shown at once over all, beside the first sentences. Set by hand; not measured."""


def folded(index: HybridIndex, groups: Sequence[Sequence[Quote]], shown: int | None = None) -> list[Quote]:
    """Quotations of which the first sentence of each group is shown at once; the rest is more.

    A lead-in says nothing alone: with it the first sentence of what stands behind it is shown.

    Args:
        index: Where they stand.
        groups: One for each subject, in the order in which they are shown.
        shown: The first so many groups of which anything is shown at once; all when not given.
    """
    quotes: list[Quote] = []
    left = _WORDS
    for number, group in enumerate(groups):
        begins = shown is None or number < shown
        more = not begins
        for quote in group:
            text = index.store.text(quote.span)
            first = _first_sentence(text) if begins else 0
            beyond = len(text[first:].split())
            more = more or beyond > left
            if more and first:
                quotes.append(replace(quote, span=quote.span.part(0, first)))
                rest = first + len(text[first:]) - len(text[first:].lstrip())
                quotes.append(replace(quote, span=quote.span.part(rest, len(text)), more=True))
            else:
                quotes.append(replace(quote, more=more))
            left -= 0 if more else beyond
            begins = begins and not more and leads(text)
    return quotes


def _first_sentence(text: str) -> int:
    """Where the first sentence of a text ends that says something."""
    return next((end for _, end in citable_spans(text, ())), len(text))
