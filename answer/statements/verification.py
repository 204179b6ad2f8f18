"""Quotations are checked, character by character, before they may be shown."""

from answer.records import Citation
from index.search import HybridIndex


def verified(citation: Citation, index: HybridIndex) -> bool:
    """Check that a citation's quotation stands in its passage exactly where it says.

    The passage is read again from the index, not taken from whatever the quotation was cut from.
    """
    try:
        passage = index.passage(citation.passage)
    except KeyError:
        return False
    inside = citation.span.within(passage.span) and citation.span.start < citation.span.end
    return inside and passage.text_of(citation.span) == citation.quote
